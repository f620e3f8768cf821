import type { PersonEvents } from '../events/person-events.ts'

/** Doubles an array until it has room. */
function grown<A extends Float64Array | Uint32Array>(array: A, size: number): A {
  // @NOTE The constructor of the array at hand makes another of its kind.
  const larger = new (array.constructor as new (length: number) => A)(size)
  larger.set(array)
  return larger
}

const firstSize = 4096

/**
 * Events gathered in any order, as growing columns, which `people` then tells person by person. `value` is a code: 0 for
 * missing, else the place of the value in `values` plus one.
 */
export class EventBuffer {
  length = 0
  #uid = new Uint32Array(firstSize)
  #at = new Float64Array(firstSize)
  #id = new Float64Array(firstSize)
  #type = new Uint32Array(firstSize)
  #marks = new Uint32Array(firstSize)
  #value = new Uint32Array(firstSize)

  add(event: { uid: number; at: number; id: number; type: number; marks: number; value: number }): void {
    const index = this.length
    if (index === this.#uid.length) this.#grow(index * 2)
    this.#uid[index] = event.uid
    this.#at[index] = event.at
    this.#id[index] = event.id
    this.#type[index] = event.type
    this.#marks[index] = event.marks
    this.#value[index] = event.value
    this.length = index + 1
  }

  #grow(size: number): void {
    this.#uid = grown(this.#uid, size)
    this.#at = grown(this.#at, size)
    this.#id = grown(this.#id, size)
    this.#type = grown(this.#type, size)
    this.#marks = grown(this.#marks, size)
    this.#value = grown(this.#value, size)
  }

  /** The indices of the events: by person, each person's in the order of (time, id). */
  #order(): Uint32Array {
    const order = Uint32Array.from({ length: this.length }, (_, index) => index)
    const by = (column: Float64Array | Uint32Array, a: number, b: number) =>
      (column[a] ?? 0) - (column[b] ?? 0)
    return order.sort((a, b) => by(this.#uid, a, b) || by(this.#at, a, b) || by(this.#id, a, b))
  }

  /** Calls `visit` for each person; see `PersonEvents`. */
  forEachPerson(
    names: { type: (type: number) => string; value: (code: number) => unknown },
    visit: (person: PersonEvents) => void,
  ): void {
    const order = this.#order()
    const uids = order.map((index) => this.#uid[index] ?? 0)
    const types = order.map((index) => this.#type[index] ?? 0)
    const values = order.map((index) => this.#value[index] ?? 0)
    const person = {
      uid: 0,
      start: 0,
      end: 0,
      at: Float64Array.from(order, (index) => this.#at[index] ?? 0),
      marks: order.map((index) => this.#marks[index] ?? 0),
      type: (index: number) => names.type(types[index] ?? 0),
      value: (index: number) => names.value(values[index] ?? 0),
    }
    for (let index = 0; index < uids.length; index = person.end) {
      person.uid = uids[index] ?? 0
      person.start = index
      person.end = index
      while (uids[person.end] === person.uid) person.end += 1
      visit(person)
    }
  }
}
