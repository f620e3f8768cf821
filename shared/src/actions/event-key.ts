import { createHash } from 'node:crypto'

/** The first 63 bits of the SHA-256 of an event's id, as a positive integer that both engines store in eight bytes. */
export function eventKey(id: string): bigint {
  return createHash('sha256').update(id).digest().readBigUInt64BE() >> 1n
}
