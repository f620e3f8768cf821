import { setTimeout as wait } from 'node:timers/promises'
import { openDb } from '@botdeck/shared/db/open'
import { pino } from 'pino'
import { startRollup } from '../../src/rollup/index.ts'
import { readRollupState } from '../../src/rollup/store.ts'
import { sizes } from '../dataset/size.ts'
import { workCopy } from '../kept/work-copy.ts'
import { type Line, milliseconds, rounded } from '../report.ts'
import { median } from '../timing.ts'
import { postingRate } from '../traffic/posting.ts'
import { startWriting, type Writing } from '../traffic/start-writing.ts'
import { exactNow, type Stretch } from '../traffic/writing.ts'
import { atLarge, type Part, type Stage } from './part.ts'

const rounds = 3

/** Rates in events a second. */
interface Round {
  /** Until events are on disk. */
  accepted: number
  /** Until the cells hold them too. */
  rolledUp: number
  bare: number
  lagMs: number
}

interface Writers {
  /** Address of the database that the roll-up follows. */
  url: string
  product: Writing
  bare: Writing
  /** Resolves once the cells hold the event. */
  caughtUp: (id: number) => Promise<void>
}

const rate = (events: number, ms: number) => (events / ms) * 1000

async function oneRound({ product, bare, caughtUp }: Writers, stretch: Stretch): Promise<Round> {
  const tracked = await product.run(stretch)
  await caughtUp(tracked.lastId)
  const rolledUpAt = exactNow()
  const plain = await bare.run(stretch)
  return {
    accepted: rate(stretch.events, tracked.endedAt - tracked.startedAt),
    rolledUp: rate(stretch.events, rolledUpAt - tracked.startedAt),
    bare: rate(stretch.events, plain.endedAt - plain.startedAt),
    lagMs: rolledUpAt - tracked.endedAt,
  }
}

async function inRounds(writers: Writers, stretch: Stretch): Promise<Round> {
  await oneRound(writers, stretch)
  const done: Round[] = []
  for (let round = 0; round < rounds; round++) done.push(await oneRound(writers, stretch))
  const of = (figure: keyof Round) => median(done.map((round) => round[figure]))
  return { accepted: of('accepted'), rolledUp: of('rolledUp'), bare: of('bare'), lagMs: of('lagMs') }
}

function lineOf(stage: Stage, what: string, round: Round, goal: { ratio: number; rate?: number }): Line {
  const ratio = round.rolledUp / round.bare
  const met = ratio >= goal.ratio && round.rolledUp >= (goal.rate ?? 0)
  const wanted = goal.rate === undefined ? '' : `, ≥ ${goal.rate.toLocaleString('en')} events/s`
  return {
    what,
    goal: `≥ ${goal.ratio} × bare insert${wanted}`,
    measured:
      `${rounded(ratio)} ×: ${rounded(round.rolledUp)} events/s until in the cells, ${rounded(round.bare)} bare; ` +
      `on disk at ${rounded(round.accepted)} events/s, cells ${milliseconds(round.lagMs)} later`,
    ok: atLarge(stage, met),
  }
}

/** Runs `work` with the roll-up following a copy of our database, and a second copy that nobody follows. */
async function withWriters<T>(stage: Stage, work: (writers: Writers) => Promise<T>): Promise<T> {
  const [followed, alone] = [workCopy(stage.data.botdeck, 'product'), workCopy(stage.data.botdeck, 'bare')]
  const people = sizes[stage.data.size].people
  const product = startWriting({ path: followed.path, manner: 'track', people })
  const bare = startWriting({ path: alone.path, manner: 'bare', people })
  const rollup = startRollup({ url: followed.path, logger: pino({ level: 'silent' }) })
  const db = openDb(followed.path, { readonly: true })
  const caughtUp = async (id: number) => {
    for (;;) {
      const state = await readRollupState(db)
      if (state && state.watermark >= id) return
      await wait(5)
    }
  }
  try {
    return await work({ url: followed.path, product, bare, caughtUp })
  } finally {
    await Promise.all([product.close(), bare.close(), rollup.stop()])
    await db.close()
    followed.remove()
    alone.remove()
  }
}

/** Ingest with the roll-up in its own thread, beside inserting the same rows and nothing else. */
export const ingest: Part = {
  name: 'ingest',
  title: 'Ingest',
  run: (stage) =>
    withWriters(stage, async (writers) => {
      const few = stage.data.size === 'XS' ? 10 : 1
      const grouped = await inRounds(writers, { batch: 500, events: 100_000 / few })
      // Long enough for the wait until the next flush to be a small part of it.
      const single = await inRounds(writers, { batch: 1, events: 50_000 / few })
      const people = sizes[stage.data.size].people
      const posted = await postingRate(writers.url, { people, events: 10_000 / few })
      return [
        lineOf(stage, '500 events a transaction', grouped, { ratio: 0.45, rate: 40_000 }),
        lineOf(stage, 'one event a transaction', single, { ratio: 0.8 }),
        {
          what: 'posted as JSON, 500 a request',
          goal: '–',
          measured: `${rounded(posted)} events/s on disk`,
          ok: null,
        },
      ]
    }),
}
