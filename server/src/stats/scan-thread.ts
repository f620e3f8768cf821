import { workerData } from 'node:worker_threads'
import { AppError, type ErrorCode } from '@botdeck/shared/contract/errors'
import { openDb } from '@botdeck/shared/db/open'
import { pageOf } from './page.ts'
import { stats } from './registry.ts'
import type { PeopleParams, StatName, StatParams } from './requests.ts'
import { withView } from './view.ts'

/** One question for a scanning thread; `now` in ms. */
export type ScanTask<N extends StatName = StatName> = { name: N; now: number } & (
  | { kind: 'answer'; params: StatParams[N] }
  | { kind: 'people'; params: PeopleParams[N] }
)

/** JSON text, or the refusal as data: errors lose their class on the way between threads. */
export type ScanResult =
  | { text: string }
  | { refused: { code: ErrorCode; message: string; field: string | undefined } }

// @NOTE `createStats` alone starts these threads, with this data.
const { url } = workerData as { url: string }
const db = openDb(url, { readonly: true })

async function answer<N extends StatName>(task: ScanTask<N>): Promise<string> {
  const stat = stats[task.name]
  const asked = { now: task.now, weekStart: task.params.weekStart }
  return withView(db, asked, async (view) => {
    if (task.kind === 'answer') return JSON.stringify(await stat.scan(view, task.params))
    return JSON.stringify(await pageOf(view, await stat.people(view, task.params), task.params))
  })
}

/** Evaluates one question on a view of its own. */
export async function scan(task: ScanTask): Promise<ScanResult> {
  try {
    return { text: await answer(task) }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const { code, message, field } = error
    return { refused: { code, message, field } }
  }
}
