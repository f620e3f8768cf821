import { AppError, type ErrorBody, type ErrorCode, errorStatus } from '@botdeck/shared/contract/errors'
import type { Context, ErrorHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { Ctx, Env } from '../context.ts'
import type { Monitor } from '../health/monitor.ts'

/** What Hono itself refuses, in our codes. */
function ofException(error: HTTPException): AppError {
  const code: ErrorCode = error.status === 413 ? 'payload_too_large' : 'malformed'
  return new AppError(code, error.message || 'The request cannot be read')
}

function expected(error: unknown): AppError | undefined {
  if (error instanceof AppError) return error
  return error instanceof HTTPException && error.status < 500 ? ofException(error) : undefined
}

/** The one shape of every refusal. */
export function refusal(c: Context<Env>, { code, message, field, detail }: AppError): Response {
  const body: ErrorBody = {
    error: {
      code,
      message,
      ...(field === undefined ? {} : { field }),
      ...(detail === undefined ? {} : { detail }),
      requestId: c.get('requestId'),
    },
  }
  return c.json(body, errorStatus[code])
}

/** Who hears of failures. */
interface ErrorWatch extends Pick<Ctx, 'logger'> {
  monitor: Pick<Monitor, 'countError'>
}

/** Translates what handlers throw. An unknown error is logged with its cause and leaves without its message. */
export function errorHandler({ logger, monitor }: ErrorWatch): ErrorHandler<Env> {
  return (error, c) => {
    const known = expected(error)
    if (known?.code === 'timeout') monitor.countError('timeouts')
    if (known) return refusal(c, known)
    monitor.countError('requests')
    logger.error({ err: error, requestId: c.get('requestId') }, 'a request failed')
    return refusal(c, new AppError('internal', 'Something went wrong here; the log has more'))
  }
}
