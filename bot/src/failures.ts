import { GrammyError, HttpError } from 'grammy'

/** SQLSTATE classes that pass by themselves: connection, rollback, resources, not in state, operator, system. */
const passingStates = new Set(['08', '40', '53', '55', '57', '58'])

function codeOf(error: object): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : ''
}

function isPassing(error: unknown): boolean {
  if (error instanceof HttpError) return true
  if (error instanceof GrammyError) return error.error_code === 429 || error.error_code >= 500
  if (typeof error !== 'object' || error === null) return false
  const code = codeOf(error)
  if (/^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|CONNECTION_|CONNECT_)/.test(code)) return true
  if (/^SQLITE_(BUSY|LOCKED|IOERR|FULL|NOMEM)/.test(code)) return true
  return /^[0-9A-Z]{5}$/.test(code) && passingStates.has(code.slice(0, 2))
}

/** Whether the same may work a little later: Telegram or the database was away, or had too much to do. */
export function isTemporary(error: unknown): boolean {
  if (isPassing(error)) return true
  return error instanceof Error && error.cause !== undefined && isTemporary(error.cause)
}

/** Whether Telegram says that the person cannot be written to: they blocked the bot, or their account is gone. */
export function isUnreachable(error: unknown): boolean {
  if (!(error instanceof GrammyError)) return false
  return error.error_code === 403 || (error.error_code === 400 && /chat not found/i.test(error.description))
}

/** One line that tells what went wrong, without its stack. */
export function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 500)
}
