/** Codes of one property, one an event: 0 where it is missing, else that of its value in `property_values`. */
export type Codes = Uint8Array | Uint16Array | Uint32Array

/**
 * Events of one type on one UTC day as arrays of one length, in the order of (time, id). All are views of memory that
 * nobody may write.
 */
export interface EventChunk {
  /** UTC day number. */
  day: number
  /** The number of the type. */
  type: number
  length: number
  firstId: number
  lastId: number
  uids: Uint32Array
  /** Ms of the day. */
  times: Uint32Array
  /** Whether each event is activity; one answer where it is that of all. */
  activity: boolean | Uint8Array
  /** Ids less `firstId`. */
  ids: Uint32Array
  /**
   * By property: its codes, or null where no event has it. A property without an entry has no column here, and its
   * values are found in rows alone.
   */
  codes: ReadonlyMap<string, Codes | null>
  /** The properties that its events have and that have no column here; null where they are not known. */
  freeKeys: readonly string[] | null
}

export const dayMs = 86_400_000

/** Bytes as an array of unsigned numbers. Columns are little-endian, as every processor that Node runs on is. */
export function numbersIn(bytes: Uint8Array): Uint32Array {
  return bytes.byteOffset % 4 === 0
    ? new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4)
    : new Uint32Array(bytes.slice().buffer)
}

/** The codes of a stored column; null for the width 0 of one that no event has. */
export function codesIn(bytes: Uint8Array, width: number): Codes | null {
  if (width === 0) return null
  if (width === 1) return bytes
  if (width === 4) return numbersIn(bytes)
  return bytes.byteOffset % 2 === 0
    ? new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 2)
    : new Uint16Array(bytes.slice().buffer)
}

/** Codes in the narrowest array that holds the largest of them; null where all are 0. */
export function narrowed(codes: Uint32Array): Codes | null {
  let largest = 0
  for (let index = 0; index < codes.length; index++) largest = Math.max(largest, codes[index] ?? 0)
  if (largest === 0) return null
  if (largest < 2 ** 8) return Uint8Array.from(codes)
  return largest < 2 ** 16 ? Uint16Array.from(codes) : codes
}

/** The bytes of an array, without a copy. */
export function bytesOf(array: Codes): Buffer {
  return Buffer.from(array.buffer, array.byteOffset, array.byteLength)
}
