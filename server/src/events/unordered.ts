import type { View } from '../stats/view.ts'
import { addSealed } from './chunk-scan.ts'
import { addTail } from './event-rows.ts'
import type { ChunkEvents, EventSink, EventSource } from './event-sink.ts'
import type { EventQuery } from './person-events.ts'
import { scanPlan } from './scan-plan.ts'

/** Told of each event: `at` in ms, the steps it matches as bits, and the code of the property asked for, 0 for missing. */
export type UnorderedVisit = (uid: number, at: number, marks: number, code: number) => void

/** What a code stands for. Two codes may stand for one value. */
export type ValueOf = (code: number) => unknown

class Unordered implements EventSink {
  readonly #sources: EventSource[] = []
  readonly #visit: UnorderedVisit

  constructor(visit: UnorderedVisit) {
    this.#visit = visit
  }

  source(source: EventSource): number {
    return this.#sources.push(source) - 1
  }

  add(uid: number, time: number, source: number, bits: number, _id: number, value: number): void {
    this.#visit(uid, (this.#sources[source]?.start ?? 0) + time, bits, value)
  }

  addAll({ uids, times, start, end, mask }: ChunkEvents, source: number): void {
    const { start: day = 0, bits = 0 } = this.#sources[source] ?? {}
    const visit = this.#visit
    for (let index = start; index < end; index++) {
      const uid = uids[index] ?? 0
      if (mask[uid] === 1) visit(uid, day + (times[index] ?? 0), bits, 0)
    }
  }
}

/**
 * Calls a visitor for each event of a query, up to the watermark, in no order: for counts that need none, as putting
 * events in order is most of the work of `forEachPerson`. `visitorFor` makes the visitor, told what codes stand for.
 */
export async function forEachUnordered(
  view: View,
  query: EventQuery,
  visitorFor: (meaning: ValueOf) => UnorderedVisit,
): Promise<void> {
  const plan = await scanPlan(view, { ...query, anyTieOrder: true })
  const sink = new Unordered(visitorFor((code) => plan.values.of(code)))
  await addSealed(plan, sink)
  await addTail(plan, sink)
}
