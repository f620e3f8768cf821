import { quarterHour } from '@botdeck/shared/domain/calendar'
import { hourOfWeekAt, hoursOfWeek, placeInWeek, weekHours } from '@botdeck/shared/domain/hour-of-week'
import type { WrittenRange } from '@botdeck/shared/domain/range'
import { sql } from 'drizzle-orm'
import { forEachUnordered } from '../events/unordered.ts'
import { audienceOf } from './audience.ts'
import type { StatParams } from './requests.ts'
import type { Stat } from './stat.ts'
import { Counts, Members, type Tally } from './tally.ts'
import { answered, rangeOf, type View } from './view.ts'

type Params = StatParams['heatmap']

const quarterMs = 900_000
const quartersOfWeek = hoursOfWeek * 4

/** Reports each activity event at its hour of the week. */
async function evaluate(view: View, params: Params, tally: Tally): Promise<void> {
  const { clock } = view
  const { from, to } = rangeOf(view, params)
  const audience = await audienceOf(view, params)
  const query = { steps: [{ event: null }], where: params.where, from, to, audience }
  await forEachUnordered(
    view,
    query,
    () => (uid, at) => tally.add('events', hourOfWeekAt(clock.localTime(at)), uid),
  )
}

/** The same from quarter hours: those with one UTC offset are shifted by it, and taken modulo the week. */
async function readCells(
  view: View,
  range: WrittenRange,
  includeStaff: boolean | undefined,
): Promise<Counts> {
  const counts = new Counts()
  const ofStaff = includeStaff ? sql`` : sql`and not staff`
  for (const { start, end, offset } of view.clock.offsetsWithin(range)) {
    // A week more keeps the first hours of 1970 from being negative. Numbers stand in the text: a bound one would have
    // no type that PostgreSQL could group by.
    const shift = sql.raw(String(offset / quarterMs + quartersOfWeek))
    const rows = await view.db.all<{ hour: number; events: number }>(sql`
      select ((quarter + ${shift}) / 4) % ${sql.raw(String(hoursOfWeek))} as hour, sum(activity) as events
      from quarter_cells
      where generation = ${view.generation} and quarter >= ${quarterHour(start)} and quarter < ${quarterHour(end)} ${ofStaff}
      group by 1`)
    for (const row of rows) counts.add('events', placeInWeek(row.hour), 0, row.events)
  }
  return counts
}

function answerOf(view: View, { to }: WrittenRange, counts: Counts): object {
  const cells = weekHours(view.clock.weekStart).map(({ place, ...cell }) => ({
    ...cell,
    events: counts.of('events', place),
  }))
  const total = cells.reduce((sum, { events }) => sum + events, 0)
  return { ...answered(view), cells, total, complete: to <= view.asOf }
}

/** Whether whole quarter hours of one offset each make up the range. */
function fitsQuarters({ clock }: View, range: WrittenRange): boolean {
  const whole = (ms: number) => ms % quarterMs === 0
  return clock
    .offsetsWithin(range)
    .every(({ start, end, offset }) => whole(start) && whole(end) && whole(offset))
}

/**
 * When people are active: activity events by the hour and weekday that clocks show; a repeated hour counts in the same
 * cell. Without conditions from `quarter_cells`; the list has the distinct people of a cell.
 */
export const heatmapStat: Stat<'heatmap'> = {
  async fromCells(view, params) {
    const range = rangeOf(view, params)
    if ((params.where ?? []).length > 0 || !fitsQuarters(view, range)) return null
    return answerOf(view, range, await readCells(view, range, params.includeStaff))
  },
  async scan(view, params) {
    const counts = new Counts()
    await evaluate(view, params, counts)
    return answerOf(view, rangeOf(view, params), counts)
  },
  async people(view, params) {
    const asked = (params.weekday - 1) * 24 + params.hour
    const members = new Members((_, place) => place === asked)
    await evaluate(view, params, members)
    return members.uids
  },
}
