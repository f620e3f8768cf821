/** A refusal in Telegram's own words: what the Bot API answers as `{ ok: false, error_code, description }`. */
export class TelegramError extends Error {
  readonly code: number
  readonly retryAfter: number | undefined

  constructor(code: number, description: string, retryAfter?: number) {
    super(description)
    this.name = 'TelegramError'
    this.code = code
    this.retryAfter = retryAfter
  }

  /** The JSON body of the answer. */
  body() {
    const parameters = this.retryAfter === undefined ? {} : { parameters: { retry_after: this.retryAfter } }
    return { ok: false as const, error_code: this.code, description: this.message, ...parameters }
  }
}

/** 400 with Telegram's prefix. */
export function badRequest(reason: string): TelegramError {
  return new TelegramError(400, `Bad Request: ${reason}`)
}
