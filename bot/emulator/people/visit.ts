import { chooseLocale, findPerson, setBlocked } from '@botdeck/shared/actions/people'
import { track } from '@botdeck/shared/actions/track'
import { answered, note, type Person, pause, say, use } from './person.ts'
import { browse, makePicture } from './pictures.ts'
import { returnToInvoice, visitStore } from './store.ts'
import { type Acts, act, rememberShare } from './world.ts'

const smallTalk = {
  en: [
    'wow 😍',
    'thanks!',
    'can you make it brighter?',
    'How many credits do I have?',
    'hello?',
    '🔥🔥🔥',
    'cool, but slow',
  ],
  ru: [
    'вау 😍',
    'спасибо!',
    'а можно поярче?',
    'сколько у меня кредитов?',
    'привет',
    '🔥🔥🔥',
    'классно, но долго',
  ],
}

/** Makes pictures as long as there are credits, patience and the wish for one more. */
function* makePictures(person: Person): Acts {
  let wish = person.eagerness
  for (let tries = 0; tries < (person.whale ? 30 : 12) && person.random.chance(wish); tries++) {
    const liked = yield* browse(person)
    if (person.credits < liked.credits) {
      if (person.credits > 0 && person.random.chance(0.6)) continue
      return
    }
    const made = yield* makePicture(person, liked)
    if (made === null) return
    pause(person, 4, 90)
    if (made && person.random.chance(0.035)) yield* say(person, person.random.pick(smallTalk[person.locale]))
    wish *= made ? (person.whale ? 0.96 : person.buyer ? 0.92 : 0.8) : 0.62
  }
}

/** One visit: some look around, some make pictures, some buy, some invite. */
export function* visit(person: Person): Acts {
  const { random } = person
  if (random.chance(0.1)) {
    yield* use(person, random.pick(['balance', 'balance', 'effects', 'help', 'terms']))
    pause(person, 2, 15)
  }
  yield* returnToInvoice(person)
  if (random.chance(0.8)) yield* makePictures(person)
  else if (random.chance(0.6)) yield* browse(person)
  if (person.credits < 1 || random.chance(person.whale ? 0.3 : 0.06)) {
    if (random.chance(person.buyer ? 0.9 : 0.3)) yield* visitStore(person)
    if (person.credits > 0 && random.chance(0.75)) yield* makePictures(person)
  }
  if (random.chance(person.sociability)) yield* invite(person)
}

/** Looks at the own link, and may pass it on. */
function* invite(person: Person): Acts {
  yield* note(person, 'referral_viewed')
  pause(person, 2, 20)
  if (!person.random.chance(0.6)) return
  yield* note(person, 'share_clicked')
  rememberShare(person.world, person.telegramId)
}

/** Chooses the bot's language by its command. */
export function* chooseLanguage(person: Person): Acts {
  yield* use(person, 'language')
  pause(person, 2, 9)
  const { uid, locale } = person
  yield* act(person.now, (tx) => chooseLocale(tx, uid, locale))
}

/** Stops the bot, or lets it in again. */
export function* block(person: Person, blocked: boolean): Acts {
  const { uid, telegramId, now: at, world } = person
  yield* act(at, async (tx) => {
    const known = await findPerson(tx, telegramId)
    if (known) await setBlocked(tx, known, { blocked, at })
    await track(tx, [{ uid, type: blocked ? 'bot_blocked' : 'bot_unblocked', at, id: world.freshId() }])
  })
}

/** The bot's greeting. */
export function* greet(person: Person): Acts {
  const text =
    person.locale === 'ru'
      ? 'Пришлите фото и выберите эффект. Первые картинки за наш счёт.'
      : 'Send a photo and pick an effect. The first pictures are on us.'
  yield* act(person.now, (tx) => answered(tx, person, text))
}
