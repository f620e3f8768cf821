import type { Db } from '@botdeck/shared/db/db'
import { arrivalDays } from './arrivals.ts'
import { closeInvoices, hire, raisePrice } from './house.ts'
import { historyIdentity } from './identity.ts'
import { life } from './life.ts'
import { Queue } from './queue.ts'
import { Random } from './random.ts'
import { momentOf } from './seasons.ts'
import { type Act, type Acts, createWorld, type World } from './world.ts'
import type { Year } from './year.ts'

export interface Plan {
  people: number
  seed: string
  year: Year
  /** Index of the first person: those before it are in the database already. */
  firstIndex?: number
  onProgress?: (arrived: number) => void
}

/** Somebody who waits for their next act; `act` is null before their first. */
interface Waiting {
  at: number
  act: Act | null
  acts: Acts
}

const actsPerTransaction = 1000

/** When each person comes: a day by the growth of the bot, at an hour that suits them, within the year. */
function arrivals(plan: Plan): { index: number; at: number }[] {
  const { seed, year, people, firstIndex = 0 } = plan
  const random = new Random(`${seed}/arrivals/${firstIndex}`)
  return arrivalDays(random, people, year).map((dayAt, number) => {
    const index = firstIndex + number
    const { offset } = historyIdentity(seed, index)
    for (let tries = 0; tries < 30; tries++) {
      const at = momentOf(random, dayAt, offset)
      if (at >= year.since && at < year.until) return { index, at }
    }
    return { index, at: Math.floor(random.between(year.since, year.until)) }
  })
}

/** Goes on to the next act of somebody, unless it lies behind the end of the year. */
function goOn(queue: Queue<Waiting>, world: World, turn: { acts: Acts; outcome: unknown }): void {
  const next = turn.acts.next(turn.outcome)
  if (!next.done && next.value.at < world.year.until)
    queue.put({ at: next.value.at, act: next.value, acts: turn.acts })
}

/**
 * Lives the year: everybody's acts in the order of time, each through the actions that the bot uses, many to a
 * transaction. The same plan always writes the same rows into an empty database.
 */
export async function simulate(db: Db, plan: Plan): Promise<void> {
  const { year, seed } = plan
  const queue = new Queue<Waiting>()
  const world = createWorld(`${seed}-${plan.firstIndex ?? 0}`, year, (at, acts) =>
    queue.put({ at, act: null, acts }),
  )
  world.begin(year.since, hire(world))
  world.begin(year.since, closeInvoices(world))
  if (year.priceChange.at >= year.since) world.begin(year.priceChange.at, raisePrice(world))
  for (const birth of arrivals(plan)) world.begin(birth.at, life(world, { seed, ...birth }))
  while (queue.size > 0) {
    await db.transaction(async (tx) => {
      for (let count = 0; count < actsPerTransaction; count++) {
        const waiting = queue.take()
        if (!waiting) return
        goOn(queue, world, { acts: waiting.acts, outcome: await waiting.act?.work(tx) })
      }
    })
    plan.onProgress?.(world.arrived)
  }
}
