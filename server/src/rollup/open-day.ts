const firstRoom = 1024

/** A local day of which not all events were seen: who was active on it so far, and since when. */
export class OpenDay {
  day = 0
  /** Instant, in ms, that no event of the day lies before. */
  base = 0
  /** By uid: ms since `base`, plus one; 0 for who was not active. */
  readonly first: Uint32Array
  /** Who was active, in no order; `count` of them. */
  uids = new Uint32Array(firstRoom)
  count = 0
  /** Events of the type at hand, of people and of staff. */
  readonly events = [0, 0]

  constructor(people: number) {
    this.first = new Uint32Array(people)
  }

  /** Begins another day: arrays for everybody are too dear to be made for each. */
  begin(day: number, base: number): void {
    for (let index = 0; index < this.count; index++) this.first[this.uids[index] ?? 0] = 0
    this.count = 0
    this.day = day
    this.base = base
  }

  note(uid: number, at: number): void {
    const since = at - this.base + 1
    const before = this.first[uid] ?? 0
    if (before === 0) {
      if (this.count === this.uids.length) {
        const larger = new Uint32Array(this.count * 2)
        larger.set(this.uids)
        this.uids = larger
      }
      this.uids[this.count] = uid
      this.count += 1
    }
    if (before === 0 || since < before) this.first[uid] = since
  }
}
