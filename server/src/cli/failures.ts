import { AppError } from '@botdeck/shared/contract/errors'

/** The first cause that says something: drivers wrap theirs, and some of those wrappers are empty. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return reasonOf(error.errors[0])
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? reasonOf(error.cause) : error.message
}

function codeOf(error: unknown): string {
  if (error instanceof AggregateError) return codeOf(error.errors[0])
  if (!(error instanceof Error)) return ''
  if (error.cause instanceof Error) return codeOf(error.cause)
  return 'code' in error ? String(error.code) : ''
}

/** Faults of the place that `DATABASE_URL` names: refused connections and logins of PostgreSQL, unusable files of SQLite. */
const database =
  /^(SQLITE_|ECONN|ENOTFOUND|ETIMEDOUT|CONNECT_TIMEOUT|EACCES|EROFS|EPERM|ENOTDIR|EISDIR|28|3D)/

/**
 * What an operator reads of a failure: one line that says what is wrong and how to mend it. What nobody foresaw keeps
 * its stack.
 */
export function failureText(error: unknown): string {
  if (error instanceof AppError) return error.message
  if (database.test(codeOf(error))) return `DATABASE_URL cannot be used: ${reasonOf(error)}`
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
