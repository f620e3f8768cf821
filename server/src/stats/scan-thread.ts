import { workerData } from 'node:worker_threads'
import { AppError, type ErrorCode } from '@botdeck/shared/contract/errors'
import { openDb } from '@botdeck/shared/db/open'
import { listPeople, type UsersQuery } from '../users/list.ts'
import { pageOf } from './page.ts'
import { stats } from './registry.ts'
import type { PeopleParams, StatName, StatParams } from './requests.ts'
import { withView } from './view.ts'

/** A question of a stat for a scanning thread; `now` in ms. */
export type StatTask<N extends StatName = StatName> = { name: N; now: number } & (
  | { kind: 'answer'; params: StatParams[N] }
  | { kind: 'people'; params: PeopleParams[N] }
)
/** One question for a scanning thread: of a stat, or for a page of everybody. */
export type ScanTask = (StatTask | { kind: 'list'; name: 'users'; query: UsersQuery; now: number }) & {
  /** A 32-bit number: 0 while somebody waits for the answer. */
  given: SharedArrayBuffer
}

/** Asks a thread to answer when it is there, or when it has nothing to do and closed its database: its last task. */
export interface Errand {
  kind: 'wake' | 'rest'
}

/** Why a question is given up; nobody is there to read it. */
const unwanted = new AppError('timeout', 'Nobody waits for the answer any more')

/** JSON text, or the refusal as data: errors lose their class on the way between threads. */
export type ScanResult =
  | { text: string }
  | { refused: { code: ErrorCode; message: string; field: string | undefined } }

// @NOTE `createStats` alone starts these threads, with this data.
const { url } = workerData as { url: string }
const db = openDb(url, { readonly: true })

async function answerStat<N extends StatName>(task: StatTask<N>, checkWanted: () => void): Promise<string> {
  const stat = stats[task.name]
  const asked = { now: task.now, weekStart: task.params.weekStart, checkWanted }
  return withView(db, asked, async (view) => {
    if (task.kind === 'answer') return JSON.stringify(await stat.scan(view, task.params))
    return JSON.stringify(await pageOf(view, await stat.people(view, task.params), task.params))
  })
}

function answer(task: ScanTask): Promise<string> {
  const flag = new Int32Array(task.given)
  const checkWanted = () => {
    if (Atomics.load(flag, 0) !== 0) throw unwanted
  }
  checkWanted()
  if (task.kind !== 'list') return answerStat(task, checkWanted)
  const asked = { now: task.now, weekStart: undefined, checkWanted }
  return withView(db, asked, async (view) => JSON.stringify(await listPeople(view, task.query, task.now)))
}

function isErrand(task: ScanTask | Errand): task is Errand {
  return task.kind === 'wake' || task.kind === 'rest'
}

/** Evaluates one question on a view of its own. */
export async function scan(task: ScanTask | Errand): Promise<ScanResult> {
  if (isErrand(task)) {
    if (task.kind === 'rest') await db.close()
    return { text: '' }
  }
  try {
    return { text: await answer(task) }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const { code, message, field } = error
    return { refused: { code, message, field } }
  }
}
