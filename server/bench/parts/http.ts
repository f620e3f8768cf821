import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { workCopy } from '../kept/work-copy.ts'
import { activity90 } from '../questions/activity.ts'
import { allQuestions } from '../questions/panel.ts'
import { requestOf } from '../questions/request.ts'
import { type Line, megabytes, milliseconds, rounded } from '../report.ts'
import { median, percentile } from '../timing.ts'
import type { Load, LoadResult } from '../traffic/load.ts'
import { atLarge, type Part, type Stage } from './part.ts'
import { type ServerProcess, startServerProcess } from './server-process.ts'

const connections = 50
const rounds = 5
const roundMs = 4000

/** Requests a second and the 99th percentile of their times in ms: medians of the rounds. */
async function underLoad(load: Omit<Load, 'connections' | 'ms'>): Promise<{ rate: number; p99: number }> {
  const thread = new Worker(new URL('../threads/load-thread.ts', import.meta.url))
  const results: LoadResult[] = []
  for (let round = 0; round <= rounds; round++) {
    thread.postMessage({ ...load, connections, ms: roundMs } satisfies Load)
    // @NOTE The thread answers nothing else.
    const [result] = (await once(thread, 'message')) as [LoadResult]
    if (result.refused > 0) throw new Error(`${result.refused} requests were refused`)
    if (round > 0) results.push(result)
  }
  thread.postMessage('close')
  return {
    rate: median(results.map(({ requests, ms }) => (requests / ms) * 1000)),
    p99: median(results.map(({ times }) => percentile([...times], 0.99))),
  }
}

/** Asks every question once, as an admin does who looks around, so that the server holds what it holds in use. */
async function lookAround({ url, token }: ServerProcess): Promise<void> {
  for (const question of allQuestions) {
    const { path, body } = requestOf(question)
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const answer = await fetch(
      url + path,
      body === undefined ? { headers } : { method: 'POST', headers, body },
    )
    await answer.arrayBuffer()
    if (!answer.ok) throw new Error(`${question.title}: ${answer.status}`)
  }
}

async function measure(stage: Stage, server: ServerProcess): Promise<Line[]> {
  const { rate, p99 } = await underLoad({
    url: server.url + requestOf(activity90()).path,
    token: server.token,
  })
  await lookAround(server)
  const bytes = server.anonymousBytes()
  return [
    {
      what: `activity over 90 days, ${connections} connections`,
      goal: '≥ 4,000 requests/s, p99 ≤ 25 ms',
      measured: `${rounded(rate)} requests/s, p99 ${milliseconds(p99)}`,
      ok: atLarge(stage, rate >= 4000 && p99 <= 25),
    },
    {
      what: 'memory of the server after every question',
      goal: '≤ 450 MB anonymous',
      measured: megabytes(bytes),
      ok: atLarge(stage, bytes <= 450e6),
    },
    {
      what: 'start to ready',
      goal: '≤ 2 s',
      measured: milliseconds(server.readyMs),
      ok: atLarge(stage, server.readyMs <= 2000),
    },
  ]
}

/** The server as a process: how many questions it answers, what it holds, how soon it is there. */
export const http: Part = {
  name: 'http',
  title: 'HTTP server',
  async run(stage) {
    const copy = workCopy(stage.data.botdeck, 'http')
    const server = await startServerProcess(copy.path)
    try {
      return await measure(stage, server)
    } finally {
      await server.stop()
      copy.remove()
    }
  },
}
