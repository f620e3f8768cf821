import type { Tx } from '@botdeck/shared/db/db'
import { Random } from './random.ts'
import type { Year } from './year.ts'

/** One thing that somebody does at an instant (ms): a change of the database through actions. */
export interface Act {
  at: number
  work: (tx: Tx) => Promise<unknown>
}

/** Somebody's acts one after the other; each is told what the one before came to. */
export type Acts<Result = void> = Generator<Act, Result, unknown>

/** One act, and what came of it. */
export function* act<T>(at: number, work: (tx: Tx) => Promise<T>): Acts<T> {
  // @NOTE The simulation answers each act with what its own `work` resolved to.
  return (yield { at, work }) as T
}

/** What the people of one simulation share. */
export interface World {
  year: Year
  /** Chance that concerns nobody in particular. */
  random: Random
  /** A text used once: what an event, an invoice or a charge of the history is known by. */
  freshId(): string
  /** Telegram ids of those who shared their link lately: who is invited comes by one of these. */
  shared: number[]
  arrived: number
  /** Those whom the bot knows, by their number. */
  people: Map<number, { credits: number }>
  /** Lets somebody begin to act at an instant. */
  begin(at: number, acts: Acts): void
}

const rememberedShares = 200

/** Remembers that somebody's link goes round among their friends. */
export function rememberShare(world: World, telegramId: number): void {
  world.shared.push(telegramId)
  if (world.shared.length > rememberedShares) world.shared.shift()
}

export function createWorld(seed: string, year: Year, begin: World['begin']): World {
  let used = 0
  return {
    year,
    random: new Random(`${seed}/world`),
    freshId: () => `history-${seed}-${++used}`,
    shared: [],
    arrived: 0,
    people: new Map(),
    begin,
  }
}
