import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import { openDb } from '@botdeck/shared/db/open'
import { createStats } from '../../src/stats/service.ts'
import { now } from '../dataset/calendar.ts'
import { allQuestions } from '../questions/panel.ts'
import type { Question } from '../questions/question.ts'
import { type Line, milliseconds } from '../report.ts'
import { atLarge, type Part } from './part.ts'

/** How often the thread says that it is there; part of every delay that is measured. */
const resolution = 1
/** Answers are kept for a second: each question is asked of a later moment. */
const laterMs = 1100

/** The longest time in ms for which the thread that serves people was busy with one thing. */
async function longestGap(work: () => Promise<unknown>): Promise<number> {
  const delays = monitorEventLoopDelay({ resolution })
  delays.enable()
  // Until it has begun to tick, it would miss what blocks first.
  await wait(10 * resolution)
  delays.reset()
  await work()
  await wait(2 * resolution)
  delays.disable()
  return Math.max(0, delays.max / 1e6 - resolution)
}

/** What the server's main thread feels of the questions that its pool answers. */
export const mainThread: Part = {
  name: 'main-thread',
  title: 'Main thread',
  async run(stage): Promise<Line[]> {
    const db = openDb(stage.data.botdeck, { readonly: true })
    let clock = now
    const stats = createStats({ db, url: stage.data.botdeck, clock: () => clock })
    const ask = async ({ stat, params }: Question) => {
      clock += laterMs
      return stats.answer(stat, params)
    }
    let worst = { title: '', gap: -1 }
    for (const question of allQuestions) {
      await ask(question).catch(() => {})
      const gap = await longestGap(() => ask(question).catch(() => {}))
      if (gap > worst.gap) worst = { title: question.title, gap }
    }
    await stats.close()
    await db.close()
    return [
      {
        what: `longest gap during ${allQuestions.length} questions`,
        goal: '≤ 20 ms',
        measured: `${milliseconds(worst.gap)} (${worst.title})`,
        ok: atLarge(stage, worst.gap <= 20),
      },
    ]
  },
}
