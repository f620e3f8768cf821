import { parentPort } from 'node:worker_threads'
import { HttpConnection } from '../traffic/http-connection.ts'
import type { Load, LoadResult } from '../traffic/load.ts'

/*
 * Asks one address over so many connections, each asking again as soon as it has its answer.
 */

async function send({ connections, ms, ...request }: Load): Promise<LoadResult> {
  const times: number[] = []
  let refused = 0
  const start = performance.now()
  const asking = async (connection: HttpConnection) => {
    for (let began = performance.now(); began - start < ms; began = performance.now()) {
      const status = await connection.send()
      times.push(performance.now() - began)
      if (status !== 200) refused += 1
    }
    connection.close()
  }
  await Promise.all(Array.from({ length: connections }, () => asking(new HttpConnection(request))))
  return { requests: times.length, refused, ms: performance.now() - start, times: Float64Array.from(times) }
}

parentPort?.on('message', async (load: Load | 'close') => {
  if (load === 'close') parentPort?.close()
  else parentPort?.postMessage(await send(load))
})
