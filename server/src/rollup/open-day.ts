const firstRoom = 1024

/** A local day of which not all events were seen: who was active on it so far, and since when. */
export class OpenDay {
  readonly day: number
  /** Instant, in ms, that no event of the day lies before. */
  readonly base: number
  /** By uid: ms since `base`, plus one; 0 for who was not active. */
  readonly first: Uint32Array
  /** Who was active, in no order; `count` of them. */
  uids = new Uint32Array(firstRoom)
  count = 0
  /** Events of the type at hand, of people and of staff. */
  readonly events = [0, 0]

  constructor(day: number, base: number, people: number) {
    this.day = day
    this.base = base
    this.first = new Uint32Array(people)
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
