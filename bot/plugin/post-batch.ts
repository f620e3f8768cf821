import type { IngestEvent, IngestUser } from './ingest-event.ts'

export interface Batch {
  users: IngestUser[]
  events: IngestEvent[]
}

/** Where batches go. */
export interface Target {
  url: string
  key: string
  timeoutMs: number
}

/**
 * What became of a batch: `taken`, with a message for each element that was rejected; `later`, to be posted again after
 * `waitMs` where the server says so; `tooLarge`, to be posted in parts; `refused`, which posting again does not mend.
 */
export type Posted =
  | { outcome: 'taken'; rejected: string[] }
  | { outcome: 'later'; reason: string; waitMs?: number }
  | { outcome: 'tooLarge' | 'refused'; reason: string }

function rejectedIn(body: unknown): string[] {
  const list: unknown = Object(body).rejected
  return Array.isArray(list) ? list.map((each: unknown) => String(Object(each).message)) : []
}

function waitOf(response: Response): { waitMs?: number } {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
  return Number.isFinite(seconds) ? { waitMs: seconds * 1000 } : {}
}

/** Posts a batch once; never throws. A key that is refused may be mended, so its batches are kept for later. */
export async function postBatch({ url, key, timeoutMs }: Target, batch: Batch): Promise<Posted> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify(batch),
      signal: AbortSignal.timeout(timeoutMs),
    })
    if (response.ok) return { outcome: 'taken', rejected: rejectedIn(await response.json()) }
    const reason = `the server answered ${response.status}`
    if (response.status === 413) return { outcome: 'tooLarge', reason }
    if (response.status === 400 || response.status === 422) return { outcome: 'refused', reason }
    return { outcome: 'later', reason, ...waitOf(response) }
  } catch (error) {
    return { outcome: 'later', reason: error instanceof Error ? error.message : String(error) }
  }
}
