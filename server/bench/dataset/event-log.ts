import { dayMs, firstDay, historyDays, minuteMs } from './calendar.ts'

/** Events as columns. `detail` is what their properties are made from, see `properties.ts`. */
export interface Events {
  count: number
  at: Float64Array
  uid: Uint32Array
  kind: Uint8Array
  detail: Uint32Array
}

function columns(length: number): Events {
  return {
    count: 0,
    at: new Float64Array(length),
    uid: new Uint32Array(length),
    kind: new Uint8Array(length),
    detail: new Uint32Array(length),
  }
}

/** Takes events person by person and gives them out in the order in which they arrived. */
export class EventLog {
  readonly #events: Events
  readonly #arrivals: Float64Array

  constructor(room: number) {
    this.#events = columns(room)
    this.#arrivals = new Float64Array(room)
  }

  get isFull(): boolean {
    return this.#events.count === this.#arrivals.length
  }

  add(event: { at: number; arrival: number; uid: number; kind: number; detail: number }): void {
    const events = this.#events
    const index = events.count
    events.count += 1
    events.at[index] = event.at
    events.uid[index] = event.uid
    events.kind[index] = event.kind
    events.detail[index] = event.detail
    this.#arrivals[index] = event.arrival
  }

  inOrderOfArrival(): Events {
    const { count } = this.#events
    const order = this.#order()
    const sorted = columns(count)
    sorted.count = count
    for (let place = 0; place < count; place++) {
      const from = order[place] ?? 0
      sorted.at[place] = this.#events.at[from] ?? 0
      sorted.uid[place] = this.#events.uid[from] ?? 0
      sorted.kind[place] = this.#events.kind[from] ?? 0
      sorted.detail[place] = this.#events.detail[from] ?? 0
    }
    return sorted
  }

  /** Places of events by arrival: sorted into minutes by counting, then inside each minute. */
  #order(): Uint32Array {
    const { count } = this.#events
    const arrivals = this.#arrivals
    const minuteOf = (index: number) => Math.floor(((arrivals[index] ?? 0) - firstDay * dayMs) / minuteMs)
    const starts = new Uint32Array((historyDays * dayMs) / minuteMs + 1)
    const add = (minute: number, more: number) => {
      const before = starts[minute] ?? 0
      starts[minute] = before + more
      return before
    }
    for (let index = 0; index < count; index++) add(minuteOf(index) + 1, 1)
    for (let minute = 1; minute < starts.length; minute++) add(minute, starts[minute - 1] ?? 0)
    const next = starts.slice()
    const order = new Uint32Array(count)
    for (let index = 0; index < count; index++) {
      const minute = minuteOf(index)
      const place = next[minute] ?? 0
      next[minute] = place + 1
      order[place] = index
    }
    for (let minute = 0; minute < starts.length - 1; minute++)
      order
        .subarray(starts[minute], starts[minute + 1])
        .sort((a, b) => (arrivals[a] ?? 0) - (arrivals[b] ?? 0) || a - b)
    return order
  }
}
