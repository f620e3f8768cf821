import { quarterHour } from '@botdeck/shared/domain/calendar'
import type { ZoneClock } from '@botdeck/shared/domain/zone-clock'
import { dayMs, type EventChunk } from '../columns/event-chunk.ts'
import type { ActiveDay } from './active-days.ts'
import { CellChanges } from './cell-changes.ts'
import { DayCloser } from './day-closer.ts'
import { OpenDay } from './open-day.ts'
import type { People } from './people.ts'

/** Events of one type on one UTC day, in any order. */
export type DayEvents = Pick<EventChunk, 'day' | 'type' | 'uids' | 'times' | 'activity'>

/** The numbers of the types that a pass looks at. */
export interface PassTypes {
  succeeded: number | undefined
  failed: number | undefined
  /** Types by whose events nobody is seen: `People` knows what these tell already. */
  unseen: ReadonlySet<number>
}

/** A stretch of a UTC day that lies in one local day; `from` in ms of the UTC day. */
interface Stretch {
  open: OpenDay
  from: number
}

const quarters = 96

/**
 * All events once, by UTC days in ascending order, into the cells of a generation. At most two or three local days are
 * open at a time; when one is over, who was active on it and since when is known.
 *
 * Before it begins, `people` holds everybody's audience, and their first seen as far as `unseen` types tell; afterwards
 * all of what is known of them.
 */
export class DayPass {
  readonly people: People
  readonly changes = new CellChanges()
  readonly activeDays: ActiveDay[] = []
  readonly #clock: ZoneClock
  readonly #types: PassTypes
  readonly #closer: DayCloser
  readonly #knowsAll: boolean
  #open: OpenDay[] = []
  /** To be used again. */
  readonly #closed: OpenDay[] = []
  #day = Number.NEGATIVE_INFINITY
  #stretches: Stretch[] = []
  readonly #quarters = new Uint32Array(quarters * 2)
  readonly #ended = new Uint32Array(quarters * 2)

  /** @param knowsAll whether `people` holds first seen and first and last activity already, as of these very events */
  constructor(people: People, clock: ZoneClock, { knowsAll, ...types }: PassTypes & { knowsAll: boolean }) {
    this.#knowsAll = knowsAll
    this.people = people
    this.#clock = clock
    this.#types = types
    this.#closer = new DayCloser(people, clock, this.changes)
  }

  /** Takes some events; days must not descend. */
  take(events: DayEvents): void {
    if (events.day !== this.#day) this.#begin(events.day)
    this.#scan(events)
    if (!this.#knowsAll) this.#takeTimes(events)
    this.#settle(events)
  }

  /** Closes what is open, and counts who is new. */
  finish(): void {
    this.#closeBefore(Number.POSITIVE_INFINITY)
    const { people, changes } = this
    for (let uid = 0; uid < people.length; uid++) {
      const at = people.firstSeen[uid] ?? Number.POSITIVE_INFINITY
      if (!Number.isFinite(at)) continue
      const staff = people.staff[uid] === 1
      const day = this.#clock.dayOf(at)
      changes.day(day, staff).newUsers += 1
      changes.first(day, quarterHour(at), staff).newUsers += 1
    }
  }

  #begin(day: number): void {
    this.#day = day
    const start = day * dayMs
    const first = this.#clock.dayOf(start)
    const last = this.#clock.dayOf(start + dayMs - 1)
    this.#closeBefore(first)
    this.#stretches = []
    for (let local = first; local <= last; local++)
      this.#stretches.push({
        open: this.#opened(local, start),
        from: local === first ? 0 : this.#clock.dayStart(local) - start,
      })
  }

  #opened(day: number, base: number): OpenDay {
    const known = this.#open.find((open) => open.day === day)
    if (known) return known
    const open = this.#closed.pop() ?? new OpenDay(this.people.length)
    open.begin(day, base)
    this.#open.push(open)
    return open
  }

  #closeBefore(day: number): void {
    const over = this.#open.filter((open) => open.day < day).sort((a, b) => a.day - b.day)
    for (const open of over) this.activeDays.push(...this.#closer.close(open))
    this.#closed.push(...over)
    this.#open = this.#open.filter((open) => open.day >= day)
  }

  /** Every event once: this loop is most of what a pass costs, so that it asks for everything at the same time. */
  #scan({ day, type, uids, times, activity }: DayEvents): void {
    const { staff, lastActive } = this.people
    const [early, late] = this.#stretches
    if (!early) return
    const cut = late?.from ?? Number.POSITIVE_INFINITY
    const start = day * dayMs
    const ends = type === this.#types.succeeded || type === this.#types.failed
    for (let index = 0; index < uids.length; index++) {
      const uid = uids[index] ?? 0
      const time = times[index] ?? 0
      const { open } = time < cut || !late ? early : this.#stretchAfter(late, time)
      const audience = staff[uid] ?? 0
      const place = quarterHour(time) * 2 + audience
      open.events[audience] = (open.events[audience] ?? 0) + 1
      if (ends) this.#ended[place] = (this.#ended[place] ?? 0) + 1
      if (activity === false || (activity !== true && activity[index] !== 1)) continue
      this.#quarters[place] = (this.#quarters[place] ?? 0) + 1
      open.note(uid, start + time)
      if (!this.#knowsAll && start + time > (lastActive[uid] ?? 0)) lastActive[uid] = start + time
    }
  }

  /** A UTC day meets more than two local ones only where a zone moved across the date line. */
  #stretchAfter(late: Stretch, time: number): Stretch {
    if (this.#stretches.length === 2) return late
    return this.#stretches.findLast(({ from }) => time >= from) ?? late
  }

  /** Who is known, and since when. */
  #takeTimes({ day, type, uids, times }: DayEvents): void {
    const { known, firstSeen } = this.people
    const start = day * dayMs
    const sees = !this.#types.unseen.has(type)
    for (let index = 0; index < uids.length; index++) {
      const uid = uids[index] ?? 0
      known[uid] = 1
      const at = start + (times[index] ?? 0)
      if (sees && at < (firstSeen[uid] ?? 0)) firstSeen[uid] = at
    }
  }

  /** Takes what was counted of one type to the cells. */
  #settle({ day, type }: DayEvents): void {
    for (const { open } of this.#stretches)
      for (const staffed of [0, 1]) {
        const count = open.events[staffed] ?? 0
        if (count > 0) this.changes.type(open.day, type, staffed === 1).events += count
        open.events[staffed] = 0
      }
    this.#addQuarters(day, type)
    this.#quarters.fill(0)
    this.#ended.fill(0)
  }

  #addQuarters(day: number, type: number): void {
    const outcome = type === this.#types.succeeded ? 'succeeded' : 'failed'
    for (let place = 0; place < quarters * 2; place++) {
      const activity = this.#quarters[place] ?? 0
      const ended = this.#ended[place] ?? 0
      if (activity === 0 && ended === 0) continue
      const cell = this.changes.quarter(day * quarters + (place >> 1), (place & 1) === 1)
      cell.activity += activity
      cell[outcome] += ended
    }
  }
}
