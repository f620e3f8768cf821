import { Agent, get } from 'node:http'
import { parentPort } from 'node:worker_threads'
import type { Load, LoadResult } from '../traffic/load.ts'

/*
 * Asks one address over so many kept connections, each asking again as soon as it has its answer.
 */

type Request = Pick<Load, 'url' | 'token'> & { agent: Agent }

/** One request. @returns its status once the whole answer is here */
function request({ url, token, agent }: Request): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}` }
    get(url, { agent, headers }, (answer) => {
      answer.resume()
      answer.once('end', () => resolve(answer.statusCode ?? 0))
      answer.once('error', reject)
    }).once('error', reject)
  })
}

async function send({ url, token, connections, ms }: Load): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const times: number[] = []
  let refused = 0
  const start = performance.now()
  const asking = async () => {
    for (let began = performance.now(); began - start < ms; began = performance.now()) {
      const status = await request({ url, token, agent })
      times.push(performance.now() - began)
      if (status !== 200) refused += 1
    }
  }
  await Promise.all(Array.from({ length: connections }, asking))
  agent.destroy()
  return { requests: times.length, refused, ms: performance.now() - start, times: Float64Array.from(times) }
}

parentPort?.on('message', async (load: Load | 'close') => {
  if (load === 'close') parentPort?.close()
  else parentPort?.postMessage(await send(load))
})
