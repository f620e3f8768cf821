/** How events get into a database: by `track`, as ingest does, or as bare rows. */
export type Manner = 'track' | 'bare'

/** What a writing thread is started with. */
export interface WritingTask {
  path: string
  manner: Manner
  /** People in the history. */
  people: number
}

/** One stretch of writing: so many events, of which `batch` are one transaction. */
export interface Stretch {
  batch: number
  events: number
}

/** What came of it; instants in ms since the epoch, with fractions. */
export interface Written {
  startedAt: number
  endedAt: number
  /** The last event's number. */
  lastId: number
}

/** Now, to be compared between threads. */
export function exactNow(): number {
  return performance.timeOrigin + performance.now()
}
