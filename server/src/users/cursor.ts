import { AppError } from '@botdeck/shared/contract/errors'

/** A place in an ordered list, as text that clients hand back unread. */
export function writeCursor(key: number, id: number): string {
  return Buffer.from(`${key},${id}`).toString('base64url')
}

/** The place that a cursor names; throws `invalid_params` for a text that is none. */
export function readCursor(text: string): { key: number; id: number } {
  const [, key, id] = /^(-?\d{1,16}),(\d{1,16})$/.exec(Buffer.from(text, 'base64url').toString()) ?? []
  if (key === undefined || id === undefined)
    throw new AppError('invalid_params', 'cursor: not one that a page answered', { field: 'cursor' })
  return { key: Number(key), id: Number(id) }
}
