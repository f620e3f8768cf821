import { hash } from 'node:crypto'

/** The first 63 bits of the SHA-256 of an event's id, as a positive integer that both engines store in eight bytes. */
export function eventKey(id: string): bigint {
  return hash('sha256', id, 'buffer').readBigUInt64BE() >> 1n
}
