import type { Queryable } from '@botdeck/shared/db/db'
import { sql } from 'drizzle-orm'
import { numbersIn } from '../columns/event-chunk.ts'
import { release } from '../memory.ts'
import type { ActiveDay } from './active-days.ts'

/** Local days, both ends inclusive; where one is absent, from the first or to the last of all. */
export interface DayStretch {
  first?: number | undefined
  last?: number | undefined
}

/** Where days are read; those of a `database` are remembered from one question to the next. */
export interface DayReader {
  db: Queryable
  generation: number
  database?: object
}

interface Place {
  day: number
  staff: boolean | number
  version: number
}

/** Before and after every day that anything can be recorded of. */
const [noDayBefore, noDayAfter] = [-1_000_000, 100_000_000]
/** Days of one statement: of a million people, some megabytes. */
const daysAtOnce = 32
/** People of days that are remembered: 12 MB. Beyond, the earliest days are forgotten. */
const mostRemembered = 3_000_000

/** Days as they were read, which are those of the database while their versions are. */
class RememberedDays {
  readonly generation: number
  readonly #days = new Map<string, { day: number; version: number; uids: Uint32Array }>()
  #people = 0

  constructor(generation: number) {
    this.generation = generation
  }

  of({ day, staff, version }: Place): Uint32Array | undefined {
    const known = this.#days.get(keyOf(day, staff))
    return known?.version === version ? known.uids : undefined
  }

  /** @returns whether there was room */
  take({ day, staff, version }: Place, uids: Uint32Array): boolean {
    this.#forget(keyOf(day, staff))
    while (this.#people + uids.length > mostRemembered) {
      const earliest = [...this.#days.values()].reduce((least, known) => Math.min(least, known.day), day)
      if (earliest === day) return false
      for (const isStaff of [false, true]) this.#forget(keyOf(earliest, isStaff))
    }
    this.#days.set(keyOf(day, staff), { day, version, uids })
    this.#people += uids.length
    return true
  }

  #forget(key: string): void {
    this.#people -= this.#days.get(key)?.uids.length ?? 0
    this.#days.delete(key)
  }
}

function keyOf(day: number, staff: boolean | number): string {
  return `${day} ${Boolean(staff)}`
}

const remembered = new WeakMap<object, RememberedDays>()

function rememberedDays({ database, generation }: DayReader): RememberedDays | undefined {
  if (!database) return undefined
  let days = remembered.get(database)
  if (days?.generation !== generation) {
    days = new RememberedDays(generation)
    remembered.set(database, days)
  }
  return days
}

/** The people of some places, by their key. */
async function readPlaces(
  { db, generation }: DayReader,
  places: readonly Place[],
): Promise<Map<string, Uint32Array>> {
  if (places.length === 0) return new Map()
  const days = [...new Set(places.map(({ day }) => day))]
  const rows = await db.all<{ day: number; staff: boolean | number; uids: Uint8Array }>(
    sql`select day, staff, uids from active_days where generation = ${generation} and day in ${days}`,
  )
  return new Map(rows.map(({ day, staff, uids }) => [keyOf(day, staff), numbersIn(uids)]))
}

/**
 * Who was active on which local day, in ascending order of days: one array a day of people and, where they are asked for,
 * one of staff; nobody is in both. Days without activity are left out. The people of a day are to be left as they are, and
 * may be gone when the next is asked for.
 */
export async function* readActiveDays(
  reader: DayReader,
  {
    first = noDayBefore,
    last = noDayAfter,
    includeStaff = false,
  }: DayStretch & { includeStaff?: boolean | undefined },
): AsyncGenerator<ActiveDay> {
  const { db, generation } = reader
  const ofStaff = includeStaff ? sql`` : sql`and not staff`
  const places = await db.all<Place>(sql`
    select day, staff, version from active_days
    where generation = ${generation} and day between ${first} and ${last} ${ofStaff} order by day, staff`)
  const days = rememberedDays(reader)
  for (let index = 0; index < places.length; index += daysAtOnce) {
    const slice = places.slice(index, index + daysAtOnce)
    const known = new Map(slice.map((place) => [place, days?.of(place)]))
    const read = await readPlaces(
      reader,
      slice.filter((place) => known.get(place) === undefined),
    )
    for (const place of slice) {
      const { day, staff } = place
      const old = known.get(place)
      const uids = old ?? read.get(keyOf(day, staff))
      // Emptied since, where the reader has no snapshot.
      if (!uids) continue
      const keep = old !== undefined || days?.take(place, uids) === true
      yield { day, staff: Boolean(staff), uids }
      if (!keep) release(uids)
    }
  }
}
