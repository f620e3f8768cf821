import { createServer } from 'node:net'
import { AppError } from '@botdeck/shared/contract/errors'

/** Throws `conflict` where the port is taken, naming the variable that changes it. */
export function checkPort(port: number, variable: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', () =>
      reject(
        new AppError('conflict', `Port ${port} is taken: set ${variable} to a free one`, { field: variable }),
      ),
    )
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve()))
  })
}

/** Resolves when an address answers well; asks again until it does. */
export async function answering(url: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const answered = await fetch(url, { signal: AbortSignal.timeout(2000) }).then(
      (response) => response.ok,
      () => false,
    )
    if (answered) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
