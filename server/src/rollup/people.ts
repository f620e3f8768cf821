import type { Queryable } from '@botdeck/shared/db/db'
import type { ZoneClock } from '@botdeck/shared/domain/zone-clock'
import { sql } from 'drizzle-orm'

/** The day of who never acted. */
export const noDay = -(2 ** 31)

/** The quarter hour of a first activity that is not known. */
export const noQuarter = -1

const firstRoom = 1024

interface Row {
  uid: number
  staff: boolean | number
  firstSeenAt: number | null
  firstActiveAt: number | null
  lastActiveAt: number | null
}

/**
 * What the roll-up knows of everybody, as arrays by uid, so that most events need no question to the database. Times are
 * in ms, infinite where there is none; days are local ones.
 */
export class People {
  /** One more than the highest uid met. */
  length = 0
  /** 1 for who is in `person_states`. */
  known = new Uint8Array(firstRoom)
  staff = new Uint8Array(firstRoom)
  /** What segments ask; see `domain/segment-flags`. */
  flags = new Uint8Array(firstRoom)
  /** 1 for who is in `users`, as far as flags were read. */
  exists = new Uint8Array(firstRoom)
  firstSeen = new Float64Array(firstRoom).fill(Number.POSITIVE_INFINITY)
  firstActive = new Float64Array(firstRoom).fill(Number.POSITIVE_INFINITY)
  lastActive = new Float64Array(firstRoom).fill(Number.NEGATIVE_INFINITY)
  firstDay = new Int32Array(firstRoom).fill(noDay)
  lastDay = new Int32Array(firstRoom).fill(noDay)
  /** The quarter hour of the first activity on the last day. */
  firstQuarter = new Int32Array(firstRoom).fill(noQuarter)
  /** Bit k: active k days before the last day; days 0 to 31 and 32 to 63. */
  recent = new Uint32Array(firstRoom)
  older = new Uint32Array(firstRoom)
  /** Active days before this one are not in the masks. */
  coveredFrom = Number.NEGATIVE_INFINITY

  /** Makes room for a person. */
  meet(uid: number): void {
    if (uid < this.length) return
    if (uid >= this.known.length) this.#grow(Math.max(uid + 1, this.known.length * 2))
    this.length = uid + 1
  }

  #grow(room: number): void {
    const bytes = (old: Uint8Array<ArrayBuffer>) => grown(old, new Uint8Array(room))
    const times = (old: Float64Array<ArrayBuffer>, none: number) =>
      grown(old, new Float64Array(room).fill(none))
    const days = (old: Int32Array<ArrayBuffer>, none: number) => grown(old, new Int32Array(room).fill(none))
    this.known = bytes(this.known)
    this.staff = bytes(this.staff)
    this.flags = bytes(this.flags)
    this.exists = bytes(this.exists)
    this.firstSeen = times(this.firstSeen, Number.POSITIVE_INFINITY)
    this.firstActive = times(this.firstActive, Number.POSITIVE_INFINITY)
    this.lastActive = times(this.lastActive, Number.NEGATIVE_INFINITY)
    this.firstDay = days(this.firstDay, noDay)
    this.lastDay = days(this.lastDay, noDay)
    this.firstQuarter = days(this.firstQuarter, noQuarter)
    this.recent = grown(this.recent, new Uint32Array(room))
    this.older = grown(this.older, new Uint32Array(room))
  }

  /** The person as `person_states` has them. */
  rowOf(uid: number) {
    const orNull = (time: number | undefined) => (Number.isFinite(time) ? (time ?? null) : null)
    return {
      staff: this.staff[uid] === 1,
      firstSeenAt: orNull(this.firstSeen[uid]),
      firstActiveAt: orNull(this.firstActive[uid]),
      lastActiveAt: orNull(this.lastActive[uid]),
    }
  }
}

function grown<A extends Uint8Array | Float64Array | Int32Array | Uint32Array>(old: A, larger: A): A {
  larger.set(old)
  return larger
}

/** Rows of one question. */
const rowsAtOnce = 5_000

/** Reads `person_states` into the arrays, but for what depends on the calendar. */
export async function readPeople(db: Queryable): Promise<People> {
  const people = new People()
  for (let after = -1, full = true; full; after = people.length - 1) {
    const rows = await db.all<Row>(sql`
      select uid, staff, first_seen_at as "firstSeenAt", first_active_at as "firstActiveAt",
        last_active_at as "lastActiveAt"
      from person_states where uid > ${after} order by uid limit ${rowsAtOnce}`)
    for (const row of rows) takeRow(people, row)
    full = rows.length === rowsAtOnce
  }
  return people
}

function takeRow(people: People, row: Row): void {
  const { uid } = row
  people.meet(uid)
  people.known[uid] = 1
  people.staff[uid] = Number(row.staff)
  if (row.firstSeenAt !== null) people.firstSeen[uid] = row.firstSeenAt
  if (row.firstActiveAt !== null) people.firstActive[uid] = row.firstActiveAt
  if (row.lastActiveAt !== null) people.lastActive[uid] = row.lastActiveAt
}

/** Fills in the first and the last day of everybody. */
export function setOuterDays(people: People, clock: ZoneClock): void {
  for (let uid = 0; uid < people.length; uid++) {
    const first = people.firstActive[uid] ?? Number.POSITIVE_INFINITY
    if (!Number.isFinite(first)) continue
    people.firstDay[uid] = clock.dayOf(first)
    people.lastDay[uid] = clock.dayOf(people.lastActive[uid] ?? first)
  }
}
