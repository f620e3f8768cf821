/** Every code that leaves the API, with its HTTP status. The list is closed: clients switch on it. */
export const errorStatus = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  payload_too_large: 413,
  invalid_params: 422,
  rate_limited: 429,
  internal: 500,
  timeout: 504,
} as const

export type ErrorCode = keyof typeof errorStatus

/**
 * An expected failure: thrown where it is found, translated once per process (HTTP answer, chat message, exit code).
 * `field` names the parameter at fault; `detail` is a finer reason that a client may show (`insufficient_credits`).
 */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: ErrorCode
  readonly field: string | undefined
  readonly detail: string | undefined

  constructor(
    code: ErrorCode,
    message: string,
    more: { field?: string; detail?: string; cause?: unknown } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause })
    this.code = code
    this.field = more.field
    this.detail = more.detail
  }
}

/** The body of every refused request. */
export interface ErrorBody {
  error: { code: ErrorCode; message: string; field?: string; detail?: string; requestId: string }
}
