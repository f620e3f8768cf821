import type { Tx } from '#db/db'
import { track } from './track.ts'

export interface ChatMessage {
  uid: number
  at: number
  text?: string | undefined
  fileId?: string | undefined
  /** What makes the event the same one when it comes again. */
  id: string
}

async function store(tx: Tx, message: ChatMessage, direction: 'in' | 'out'): Promise<void> {
  const { uid, at, text, fileId, id } = message
  const type = direction === 'in' ? 'message_received' : 'message_sent'
  const [row] = await tx.orm
    .insert(tx.t.messages)
    .values({ uid, direction, at, text: text ?? null, fileId: fileId ?? null })
    .returning({ id: tx.t.messages.id })
  await track(tx, [{ uid, type, at, id, props: { messageId: row?.id } }])
}

/** A message of the person to the bot: its text in the log, its fact among the events. */
export async function recordReceived(tx: Tx, message: ChatMessage): Promise<void> {
  await store(tx, message, 'in')
}

/** A message of the bot to the person; no activity of theirs. */
export async function recordSent(tx: Tx, message: ChatMessage): Promise<void> {
  await store(tx, message, 'out')
}
