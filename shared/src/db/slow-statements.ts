import { BroadcastChannel } from 'node:worker_threads'

/** A statement that took long; its text has placeholders instead of values. */
export interface SlowStatement {
  statement: string
  ms: number
}

/** From how long on a statement is slow. */
const slowMs = 100
const channelName = 'botdeck slow statements'

let sender: BroadcastChannel | undefined

/** Tells every thread of the process of a statement that took long. */
export function reportStatement(statement: string, ms: number): void {
  if (ms < slowMs) return
  if (!sender) {
    sender = new BroadcastChannel(channelName)
    sender.unref()
  }
  const report: SlowStatement = { statement: statement.replace(/\s+/g, ' ').trim(), ms }
  sender.postMessage(report)
}

/** Runs a statement and reports it where it took long. */
export function timed<T>(statement: string, run: () => T): T {
  const begun = performance.now()
  try {
    return run()
  } finally {
    reportStatement(statement, performance.now() - begun)
  }
}

/**
 * Hears of the slow statements of every thread of this process.
 * @returns what ends it
 */
export function watchSlowStatements(hear: (slow: SlowStatement) => void): () => void {
  const receiver = new BroadcastChannel(channelName)
  receiver.unref()
  // @NOTE Only `reportStatement` speaks on this channel.
  receiver.onmessage = (message) => hear((message as { data: SlowStatement }).data)
  return () => receiver.close()
}
