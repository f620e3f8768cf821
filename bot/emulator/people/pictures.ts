import {
  failGeneration,
  type GenerationError,
  markGenerationAnswered,
  requestGeneration,
  startGeneration,
  succeedGeneration,
} from '@botdeck/shared/actions/generations'
import { defaultEffects } from '@botdeck/shared/domain/catalogue'
import { answered, note, type Person, pause, said } from './person.ts'
import { type Acts, act } from './world.ts'
import { isWithin, minute } from './year.ts'

type Effect = (typeof defaultEffects)[number]

/** Pictures of the history have no file, so that the panel asks Telegram for none. */
const noFile = 'history'
const timeLimitMs = 60_000
const apologies = {
  en: 'The picture could not be made. Your credits are back.',
  ru: 'Картинка не получилась. Кредиты вернулись.',
}

export function effectOf(id: string): Effect {
  const effect = defaultEffects.find((candidate) => candidate.id === id)
  if (!effect) throw new Error(`no effect ${id}`)
  return effect
}

/** The effect that the person feels like, of those given. */
export function chooseEffect(person: Person, effects: readonly Effect[] = defaultEffects): Effect {
  return person.random.weighted(effects, (effect) => person.tastes[effect.id] ?? 1)
}

/** What goes wrong with a picture, if anything: how likely which failure is depends on the day. */
function drawFailure(person: Person, effectId: string): GenerationError | null {
  const { outage, slowEffect } = person.world.year
  if (isWithin(person.now, outage)) {
    if (person.random.chance(0.07)) return null
    return person.random.chance(0.8) ? 'provider_error' : 'timeout'
  }
  const slow = effectId === slowEffect.effectId && isWithin(person.now, slowEffect)
  const odds: [GenerationError, number][] = [
    ['timeout', slow ? 0.27 : 0.009],
    ['safety_block', 0.009],
    ['invalid_image', 0.008],
    ['provider_error', 0.006],
  ]
  let left = person.random.next()
  for (const [error, probability] of odds) {
    left -= probability
    if (left < 0) return error
  }
  return null
}

function drawDuration(person: Person, effect: Effect, failure: GenerationError | null): number {
  if (failure === 'timeout') return timeLimitMs
  const median = failure === 'invalid_image' ? 300 : 2600 + 1900 * (effect.credits - 1)
  return Math.round(Math.min(timeLimitMs - 1, person.random.lognormal(median, 0.42)))
}

/**
 * Sends a photo and orders an effect for it.
 * @returns whether a picture came of it; null where the year ends before it would be finished
 */
export function* makePicture(person: Person, effect: Effect): Acts<boolean | null> {
  if (person.now + 5 * minute > person.world.year.until) return null
  const { uid, telegramId: chatId } = person
  const order = { uid, chatId, effectId: effect.id, inputFileId: noFile, at: person.now }
  const { generation, balance } = yield* act(person.now, (tx) => requestGeneration(tx, order))
  person.credits = balance
  pause(person, 0.05, 0.4)
  yield* act(person.now, (tx) => startGeneration(tx, generation.id, person.now))
  const failure = drawFailure(person, effect.id)
  const processingMs = drawDuration(person, effect, failure)
  person.now += processingMs
  const end = { at: person.now, processingMs }
  if (failure === null) {
    const done = yield* act(person.now, (tx) => succeedGeneration(tx, generation.id, end))
    const thanked = done?.thanked
    const inviter = thanked && person.world.people.get(thanked.referrer.uid)
    if (inviter) inviter.credits += thanked.credits
  } else {
    const failed = { ...end, errorType: failure }
    person.credits =
      (yield* act(person.now, (tx) => failGeneration(tx, generation.id, failed))) ?? person.credits
  }
  pause(person, 0.2, 1.2)
  yield* act(person.now, async (tx) => {
    await markGenerationAnswered(tx, generation.id, { at: person.now })
    if (person.random.chance(0.3))
      await answered(tx, person, failure === null ? effect.titles[person.locale] : apologies[person.locale])
  })
  if (failure === null) person.pictures += 1
  else person.annoyance += 1
  return failure === null
}

/** Looks through effects, and comes back with the one that the person likes best of those seen. */
export function* browse(person: Person): Acts<Effect> {
  let liked = chooseEffect(person)
  const looks = 1 + Math.floor(person.random.next() ** 2 * 2.6 * person.curiosity)
  for (let look = 0; look < looks; look++) {
    yield* note(person, 'category_browsed', { categoryId: liked.categoryId })
    pause(person, 2, 14)
    yield* note(person, 'effect_viewed', { effectId: liked.id })
    pause(person, 2, 20)
    if (look + 1 < looks) liked = chooseEffect(person)
  }
  return liked
}

/** Sends the photo that is to be changed. */
export function* sendPhoto(person: Person): Acts {
  yield* act(person.now, (tx) => said(tx, person, '📷'))
  pause(person, 1, 8)
}
