import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { AppError } from '@botdeck/shared/contract/errors'

const lifeMs = 10 * 60_000
/** Links of the same minutes are equal, so that a client can keep a picture it has. */
const stepMs = 5 * 60_000

/** What signs links: derived from the bot's token, without one a secret of this process. */
export function fileKeyOf(botToken: string | undefined): Buffer {
  return botToken === undefined
    ? randomBytes(32)
    : createHmac('sha256', botToken).update('botdeck file links').digest()
}

function signature(key: Buffer, payload: string): Buffer {
  return createHmac('sha256', key).update(payload).digest()
}

/**
 * An address under which a picture of the chat can be had without a session for ten minutes at most: an image element
 * sends no header. The key is in the path, and paths of files are kept out of the log.
 */
export function fileLink(key: Buffer, fileId: string, now: number): string {
  const until = Math.floor(now / stepMs) * stepMs + lifeMs
  const payload = Buffer.from(`${until}.${fileId}`).toString('base64url')
  return `/api/files/${payload}.${signature(key, payload).toString('base64url')}`
}

/** The file that a link names; throws `forbidden` for one that was altered or has expired. */
export function fileOfLink(key: Buffer, token: string, now: number): string {
  const [payload = '', signed = ''] = token.split('.')
  const expected = signature(key, payload)
  const given = Buffer.from(signed, 'base64url')
  const [, until, fileId] = /^(\d+)\.(.+)$/.exec(Buffer.from(payload, 'base64url').toString()) ?? []
  const valid = given.length === expected.length && timingSafeEqual(given, expected)
  if (!valid || fileId === undefined || Number(until) < now)
    throw new AppError('forbidden', 'The link is not valid or has expired')
  return fileId
}
