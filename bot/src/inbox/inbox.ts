import { openUpdates, receiveUpdates, recordUpdate } from '@botdeck/shared/actions/inbox'
import type { Update } from 'grammy/types'
import { ChatQueues } from './chat-queues.ts'
import { type UpdateHandler, updateJob } from './handle-update.ts'
import { chatOf, kindOf } from './kinds.ts'
import { recordQuietly } from './recorded.ts'

interface Stored {
  updateId: number
  receivedAt: number
  update: Update
}

export interface Inbox {
  /** Stores updates and lets them run. When it resolves Telegram may forget them. */
  receive(updates: Update[]): Promise<void>
  /** Takes up what an earlier process left open. */
  resume(): Promise<number>
  /** Resolves when nothing is left to run. */
  drained(): Promise<void>
  /** Ends what runs; the rest stays in the table for the next start. */
  stop(): Promise<void>
}

/** Chats whose updates run at the same time. */
const chatsInParallel = 16

/** Lets stored updates run: per chat in order, chats in parallel, the urgent ones past every queue. */
export function createInbox(handler: UpdateHandler): Inbox {
  const queues = new ChatQueues(chatsInParallel)
  const urgent = new ChatQueues(Number.POSITIVE_INFINITY)

  async function record(rows: Stored[]): Promise<void> {
    if (rows.length === 0) return
    try {
      await handler.db.transaction(async (tx) => {
        for (const row of rows) await recordUpdate(tx, row.updateId, () => recordQuietly(tx, row))
      })
    } catch (error) {
      const ids = rows.map((row) => row.updateId)
      handler.log.error({ err: error, updateIds: ids }, 'updates were not recorded')
      if (rows.length > 1) for (const row of rows) await record([row])
    }
  }

  async function run(rows: Stored[]): Promise<void> {
    for (const row of rows)
      if (kindOf(row.update) === 'urgent') urgent.add(row.updateId, updateJob(handler, row))
    for (const row of rows)
      if (kindOf(row.update) === 'answered')
        queues.add(chatOf(row.update) ?? row.updateId, updateJob(handler, row))
    await record(rows.filter((row) => kindOf(row.update) === 'recorded'))
  }

  return {
    async receive(updates) {
      const receivedAt = handler.now()
      const rows = updates.map((update) => ({ updateId: update.update_id, update, receivedAt }))
      const stored = rows.map(({ updateId, update }) => ({ updateId, update, chatId: chatOf(update) }))
      const fresh = new Set(await receiveUpdates(handler.db, stored, receivedAt))
      await run(rows.filter((row) => fresh.has(row.updateId)))
    },
    async resume() {
      const rows = await openUpdates(handler.db)
      // @NOTE The inbox holds what Telegram sent.
      await run(rows.map((row) => ({ ...row, update: row.update as Update })))
      return rows.length
    },
    async drained() {
      await Promise.all([queues.drained(), urgent.drained()])
    },
    async stop() {
      await Promise.all([queues.stop(), urgent.stop()])
    },
  }
}
