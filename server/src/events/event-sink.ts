/** What events of one place have in common. */
export interface EventSource {
  /** The name of their type. */
  type: string
  /** The UTC day's beginning in ms, from which times count. */
  start: number
  /** What ids count from. */
  firstId: number
  /** Their bits, where each event has none of its own. */
  bits: number
}

/** Events of one chunk that share their bits: those at the places from `start` up to `end` of the people in the mask. */
export interface ChunkEvents {
  uids: Uint32Array
  times: Uint32Array
  /** Ids; null where they are not kept. */
  ids: Uint32Array | null
  start: number
  end: number
  /** 1 for each uid who is counted. */
  mask: Uint8Array
}

/** Takes the events of a scan as it comes by them. */
export interface EventSink {
  /** Makes a source known. @returns its number */
  source(source: EventSource): number
  /**
   * Takes one event. `time` and `id` count from those of the source; `value` is a code.
   * @NOTE Called for every event: an object of six fields would cost as much as taking it.
   */
  add(uid: number, time: number, source: number, bits: number, id: number, value: number): void
  /** Takes events with the bits of their source, and without values. */
  addAll(events: ChunkEvents, source: number): void
}
