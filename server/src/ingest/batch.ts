import { AppError } from '@botdeck/shared/contract/errors'
import { ingestLimits } from '@botdeck/shared/contract/ingest'
import { parseJson } from '../http/body.ts'

/** The two arrays of a request, their elements not looked at yet. */
export interface Batch {
  users: unknown[]
  events: unknown[]
}

function shapeFault(message: string, field: string): never {
  throw new AppError('invalid_params', message, { field })
}

function listIn(body: object, field: 'users' | 'events'): unknown[] {
  const value: unknown = Object.entries(body).find(([name]) => name === field)?.[1]
  if (value === undefined) return []
  return Array.isArray(value) ? value : shapeFault(`${field}: must be an array`, field)
}

function tooMany(body: unknown, field: 'users' | 'events'): boolean {
  const list: unknown = Object(body)[field]
  return Array.isArray(list) && list.length > ingestLimits[field]
}

/**
 * Reads the body of a request. Throws, in this order, `malformed`, `payload_too_large` for more than 1,000 of either,
 * and `invalid_params` for anything but `{ users?, events? }` with arrays, unless the shape does not matter.
 */
export function readBatch(text: string, { shapeMatters = true } = {}): Batch {
  const body = parseJson(text)
  for (const field of ['users', 'events'] as const)
    if (tooMany(body, field))
      throw new AppError('payload_too_large', `At most ${ingestLimits[field]} ${field} a request`, { field })
  if (!shapeMatters) return { users: [], events: [] }
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    return shapeFault('body: must be an object with users and events', 'body')
  const unknown = Object.keys(body).find((key) => key !== 'users' && key !== 'events')
  if (unknown !== undefined) shapeFault(`${unknown}: unknown field`, unknown)
  return { users: listIn(body, 'users'), events: listIn(body, 'events') }
}
