import { drawLanguage, type Language } from './languages.ts'
import { drawName } from './names.ts'
import { Random } from './random.ts'

/** Who somebody is, whatever they do: the same seed and index always give the same person. */
export interface Identity {
  telegramId: number
  firstName: string
  username: string | null
  language: Language
  /** Hours that their clock is ahead of UTC. */
  offset: number
}

/** Telegram ids of the people of the history begin here; those who arrive live begin at `liveIds`. */
const historyIds = 1_000_000
export const liveIds = 2_000_000

// @NOTE A prime below the number of ids there is room for: multiples of another number modulo it never repeat.
const room = 999_983

/** Telegram id of the index-th person of a history: unique, and in no order. */
export function telegramIdOf(index: number): number {
  return historyIds + ((index * 7919) % room)
}

function draw(random: Random, telegramId: number): Identity {
  const language = drawLanguage(random)
  const offset = random.pick(language.offsets)
  return { telegramId, ...drawName(random, language.code, telegramId), language, offset }
}

/** The index-th person of the history made from `seed`. */
export function historyIdentity(seed: string, index: number): Identity {
  return draw(new Random(`${seed}/identity/${index}`), telegramIdOf(index))
}

/** The index-th person who arrives after the history. */
export function liveIdentity(seed: string, index: number): Identity {
  return draw(new Random(`${seed}/live/${index}`), liveIds + index)
}
