import { setTimeout as wait } from 'node:timers/promises'
import { openDb } from '@botdeck/shared/db/open'
import { pino } from 'pino'
import { startRollup } from '../../src/rollup/index.ts'
import { listLatest } from '../../src/users/list.ts'
import { timelineOf } from '../../src/users/timeline.ts'
import { seeded } from '../dataset/random.ts'
import { sizes } from '../dataset/size.ts'
import { workCopy } from '../kept/work-copy.ts'
import { type Line, milliseconds } from '../report.ts'
import { percentile, timed } from '../timing.ts'
import { startWriting } from '../traffic/start-writing.ts'
import { atLarge, type Part, type Stage } from './part.ts'

const pauseMs = 3

/** Times in ms of what an admin looks at. */
interface Times {
  timeline: number[]
  page: number[]
}

/** Looks at timelines and pages of people, again and again, until told to stop. */
async function look(path: string, { people, stop }: { people: number; stop: AbortSignal }): Promise<Times> {
  const db = openDb(path, { readonly: true })
  const times: Times = { timeline: [], page: [] }
  const random = seeded(3)
  while (!stop.aborted) {
    const uid = 1 + Math.floor(people * random() ** 2)
    const timeline = await timed(() => timelineOf(db, uid, { query: { limit: 100 }, linkTo: (id) => id }))
    const page = await timed(() => listLatest(db, {}))
    times.timeline.push(timeline.ms)
    times.page.push(page.ms)
    await wait(pauseMs)
  }
  await db.close()
  return times
}

function lineOf(stage: Stage, what: string, times: readonly number[]): Line {
  const [middle, high] = [percentile(times, 0.5), percentile(times, 0.99)]
  return {
    what,
    goal: 'p99 ≤ 5 ms',
    measured: `p50 ${milliseconds(middle)}, p99 ${milliseconds(high)} of ${times.length}`,
    ok: atLarge(stage, high <= 5),
  }
}

/** What an admin reads of single people while events come in as fast as they can be written. */
export const reading: Part = {
  name: 'reading',
  title: 'Reading while ingesting at full speed',
  async run(stage) {
    const copy = workCopy(stage.data.botdeck, 'reading')
    const people = sizes[stage.data.size].people
    const rollup = startRollup({ url: copy.path, logger: pino({ level: 'silent' }) })
    const writing = startWriting({ path: copy.path, manner: 'track', people })
    const stop = new AbortController()
    const looking = look(copy.path, { people, stop: stop.signal })
    await writing.run({ batch: 500, events: stage.data.size === 'XS' ? 20_000 : 200_000 })
    stop.abort()
    const { timeline, page } = await looking
    await Promise.all([writing.close(), rollup.stop()])
    copy.remove()
    return [
      lineOf(stage, 'timeline of 100 events', timeline),
      lineOf(stage, 'a page of people, latest active first', page),
    ]
  },
}
