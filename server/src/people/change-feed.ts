import type { Queryable } from '@botdeck/shared/db/db'
import { type SQL, sql } from 'drizzle-orm'

/** More changes than these, and everything is read anew. */
const mostChanges = 20_000
/** Numbers that were skipped are waited for this long: their transaction may still commit. */
const patienceMs = 600_000
const mostGaps = 5000

/**
 * Follows `user_changes`. On PostgreSQL a transaction may commit a lower number after a higher one was seen, so numbers
 * that were skipped are asked for again.
 */
export class ChangeFeed {
  #last = 0
  readonly #gaps = new Map<number, number>()
  readonly #clock: () => number

  constructor(clock: () => number = () => performance.now()) {
    this.#clock = clock
  }

  /** Who changed since the last call; null where that is not known, as at the first call or after a pruning. */
  async next(view: Queryable): Promise<number[] | null> {
    const [ends] = await view.all<{ first: number | null; last: number | null }>(
      // SQLite finds either end at once, but reads all rows for both.
      sql`select (select min(id) from user_changes) as first, (select max(id) from user_changes) as last`,
    )
    const [first, last] = [ends?.first ?? 0, ends?.last ?? 0]
    const isKnown = this.#last > 0 && first <= this.#last + 1 && last >= this.#last
    if (!isKnown || last - this.#last > mostChanges || this.#gaps.size > mostGaps)
      return this.#begin(view, last)
    const gaps = [...this.#gaps.keys()]
    const again = gaps.length === 0 ? sql`` : sql`or id in ${gaps}`
    return this.#take(await read(view, sql`id > ${this.#last} ${again}`))
  }

  /** Starts over: what was skipped lately may still come. */
  async #begin(view: Queryable, last: number): Promise<null> {
    this.#gaps.clear()
    this.#last = Math.max(0, last - mostGaps)
    const rows = await read(view, sql`id > ${this.#last}`)
    // What lies before the first row was pruned, or never there.
    if (rows[0]) this.#last = rows[0].id - 1
    this.#take(rows)
    this.#last = last
    return null
  }

  #take(rows: readonly { id: number; uid: number }[]): number[] {
    const now = this.#clock()
    for (const { id } of rows) {
      this.#gaps.delete(id)
      for (let gap = this.#last + 1; gap < id; gap++) this.#gaps.set(gap, now)
      this.#last = Math.max(this.#last, id)
    }
    for (const [gap, at] of this.#gaps) if (now - at > patienceMs) this.#gaps.delete(gap)
    return [...new Set(rows.map(({ uid }) => uid))]
  }
}

function read(view: Queryable, which: SQL): Promise<{ id: number; uid: number }[]> {
  return view.all(sql`select id, uid from user_changes where ${which} order by id`)
}
