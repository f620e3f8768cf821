import { recordReceived } from '@botdeck/shared/actions/messages'
import { type Person, setBlocked, upsertPerson } from '@botdeck/shared/actions/people'
import { track } from '@botdeck/shared/actions/track'
import type { Tx } from '@botdeck/shared/db/db'
import type { Message, Update } from 'grammy/types'
import { instantOf } from './kinds.ts'

/** The command a message begins with, without its slash, its bot's name and what follows; undefined for others. */
export function commandOf(message: Message | undefined): string | undefined {
  return /^\/([A-Za-z0-9_]{1,32})(?:@\w+)?(?:\s|$)/.exec(message?.text ?? '')?.[1]?.toLowerCase()
}

/** Money moved: Telegram says so in a message, but the person wrote nothing. */
function isService(message: Message): boolean {
  return message.successful_payment !== undefined || message.refunded_payment !== undefined
}

interface Arrival {
  uid: number
  update: Update
  at: number
  id: (name: string) => string
}

/** Records that the person wrote, and the command they used. */
export async function recordArrival(tx: Tx, { uid, update, at, id }: Arrival): Promise<void> {
  const { message } = update
  if (!message || isService(message)) return
  const picture = message.photo?.at(-1) ?? message.document ?? message.sticker
  const text = message.text ?? message.caption
  await recordReceived(tx, { uid, at, text, fileId: picture?.file_id, id: id('message') })
  const command = commandOf(message)
  if (command !== undefined)
    await track(tx, [{ uid, type: 'command_used', at, id: id('command'), props: { command } }])
}

/** Who writes has come back, also where Telegram's word of it was lost. */
export async function recordReturn(
  tx: Tx,
  person: Person,
  { at, id }: Pick<Arrival, 'at' | 'id'>,
): Promise<void> {
  if (person.blockedAt === null || at < person.blockedAt) return
  await setBlocked(tx, person, { blocked: false, at })
  await track(tx, [{ uid: person.uid, type: 'bot_unblocked', at, id: id('return') }])
}

/** Takes in an update that answers nobody: of these only blocking and unblocking in a private chat means anything. */
export async function recordQuietly(
  tx: Tx,
  arrival: { updateId: number; update: Update; receivedAt: number },
): Promise<void> {
  const change = arrival.update.my_chat_member
  if (change?.chat.type !== 'private') return
  const blocked = change.new_chat_member.status === 'kicked'
  if (blocked === (change.old_chat_member.status === 'kicked')) return
  const at = instantOf(arrival.update, arrival.receivedAt)
  await tx.orderEvents()
  const { id, first_name, username, language_code } = change.from
  const facts = {
    telegramId: id,
    firstName: first_name,
    username: username ?? null,
    languageCode: language_code,
  }
  const { person } = await upsertPerson(tx, facts, at)
  await setBlocked(tx, person, { blocked, at: change.date * 1000 })
  const type = blocked ? 'bot_blocked' : 'bot_unblocked'
  await track(tx, [{ uid: person.uid, type, at, id: `u${arrival.updateId}:member` }])
}
