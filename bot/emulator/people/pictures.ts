import {
  failGeneration,
  type GenerationError,
  markGenerationAnswered,
  requestGeneration,
  startGeneration,
  succeedGeneration,
} from '@botdeck/shared/actions/generations'
import { defaultEffects } from '@botdeck/shared/domain/catalogue'
import { answered, note, type Person, pause, say } from './person.ts'
import { type Acts, act } from './world.ts'
import { isWithin, minute } from './year.ts'

type Effect = (typeof defaultEffects)[number]

/** Pictures of the history have no file, so that the panel asks Telegram for none. */
const noFile = 'history'
const photoText = '📷'
const timeLimitMs = 60_000
const apologies = {
  en: 'The picture could not be made. Your credits are back.',
  ru: 'Картинка не получилась. Кредиты вернулись.',
}

/** The effect that the person feels like. */
function chooseEffect(person: Person): Effect {
  return person.random.weighted(defaultEffects, (effect) => person.tastes[effect.id] ?? 1)
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
  yield* say(person, photoText)
  pause(person, 1, 8)
  const { uid, telegramId: chatId } = person
  const order = { uid, chatId, effectId: effect.id, inputFileId: noFile, at: person.now }
  const { generation, balance } = yield* act(person.now, (tx) => requestGeneration(tx, order))
  person.credits = balance
  pause(person, 0.05, 0.4)
  yield* act(person.now, (tx) => startGeneration(tx, generation.id, person.now))
  const failure = drawFailure(person, effect.id)
  const processingMs = drawDuration(person, effect, failure)
  person.now += processingMs
  if (failure === null) yield* succeed(person, generation.id, processingMs)
  else yield* fail(person, generation.id, { processingMs, errorType: failure })
  pause(person, 0.2, 1.2)
  yield* act(person.now, async (tx) => {
    await markGenerationAnswered(tx, generation.id, { at: person.now })
    await answered(tx, person, (failure === null ? effect.titles : apologies)[person.locale])
  })
  return failure === null
}

function* succeed(person: Person, generationId: number, processingMs: number): Acts {
  const end = { at: person.now, processingMs }
  const done = yield* act(person.now, (tx) => succeedGeneration(tx, generationId, end))
  const thanked = done?.thanked
  const inviter = thanked && person.world.people.get(thanked.referrer.uid)
  if (inviter) inviter.credits += thanked.credits
}

function* fail(
  person: Person,
  generationId: number,
  how: { processingMs: number; errorType: GenerationError },
): Acts {
  const failure = { ...how, at: person.now }
  const balance = yield* act(person.now, (tx) => failGeneration(tx, generationId, failure))
  person.credits = balance ?? person.credits
  person.annoyance += 1
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
