import type { GenerationError } from '@botdeck/shared/actions/generations'

export interface ImageRequest {
  image: Buffer
  effect: { id: string; prompt: string }
  /** Aborted when the time is over. */
  signal: AbortSignal
}

/** The picture service. */
export interface ImageGenerator {
  /** How long a picture may take, in ms. */
  readonly timeLimitMs: number
  /** The finished picture as JPEG. Throws `GenerationFailure`; anything else counts as `provider_error`. */
  generate(request: ImageRequest): Promise<Buffer>
}

/** Why a picture could not be made, as events and the panel name it. */
export class GenerationFailure extends Error {
  readonly errorType: GenerationError

  constructor(errorType: GenerationError, message: string, cause?: unknown) {
    super(message, { cause })
    this.errorType = errorType
  }
}
