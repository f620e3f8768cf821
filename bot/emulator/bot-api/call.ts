import type { World } from '../world/world.ts'
import type { FaultScript } from './faults.ts'
import type { Params } from './params.ts'
import { badRequest } from './telegram-error.ts'

/** One call of a Bot API method. */
export interface Call {
  world: World
  params: Params
  faults: FaultScript
  /** Aborted when the bot hangs up. */
  signal: AbortSignal
}

/** A method's implementation: its result, or a TelegramError thrown. */
export type Method = (call: Call) => unknown

/** The chat a call is for. Only private chats exist here, so any other id is unknown. */
export function chatIdOf(params: Params): number {
  if (!params.text('chat_id')) throw badRequest('chat_id is empty')
  const id = params.integer('chat_id')
  if (id === undefined) throw badRequest('chat not found')
  return id
}
