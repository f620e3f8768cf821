import type { ErrorBody, ErrorCode } from '@botdeck/shared/contract/errors'

/** `offline`: the request did not reach the server. */
export type FailureCode = ErrorCode | 'offline'

/** A request that failed, with the server's code, or `offline`. `requestId` finds it in the server's log. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure'
  readonly code: FailureCode
  readonly requestId: string | undefined

  constructor(code: FailureCode, message: string, requestId?: string) {
    super(message)
    this.code = code
    this.requestId = requestId
  }
}

function isErrorBody(body: unknown): body is ErrorBody {
  return typeof body === 'object' && body !== null && 'error' in body && typeof body.error === 'object'
}

/** The failure an answer tells of; anything that is not the server's own error body is `internal`. */
export async function failureOf(response: {
  status: number
  json: () => Promise<unknown>
}): Promise<ApiFailure> {
  const body = await response.json().catch(() => null)
  if (!isErrorBody(body)) return new ApiFailure('internal', `HTTP ${response.status}`)
  return new ApiFailure(body.error.code, body.error.message, body.error.requestId)
}

/** The code of whatever was thrown. */
export function codeOf(error: unknown): FailureCode {
  return error instanceof ApiFailure ? error.code : 'internal'
}

const passing: readonly FailureCode[] = ['offline', 'timeout', 'internal', 'rate_limited']

/** Whether asking again may help. */
export function isPassing(error: unknown): boolean {
  return passing.includes(codeOf(error))
}
