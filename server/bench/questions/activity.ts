import type { Activity } from '@botdeck/shared/contract/stats/activity'
import { dayMs, dayText, lastDay } from '../dataset/calendar.ts'
import type { Dialect } from '../engines/engine.ts'
import { activeDays, dayOf, type Filter, firstOf90, type Narrowed, startOf } from './fragments.ts'
import { type Question, question } from './question.ts'

/**
 * DAU, WAU and MAU of 90 days. A person joins the window on an active day and leaves it when it has passed or when they
 * are active again: the fast form; joining each day with its 30 days takes ten times as long.
 */
function people(dialect: Dialect, narrowed: Narrowed): string {
  const { least } = dialect
  return `
    with active as (${activeDays(firstOf90 - 29, dialect, narrowed)}),
    next as (
      select day, coalesce(lead(day) over (partition by person order by day), 999999) as again from active
    ),
    change as (
      select day, 1 as dau, 1 as wau, 1 as mau from next
      union all select ${least}(day + 7, again), 0, -1, 0 from next
      union all select ${least}(day + 30, again), 0, 0, -1 from next
    ),
    daily as (select day, sum(dau) as dau, sum(wau) as wau, sum(mau) as mau from change group by day),
    running as (
      select day, dau, sum(wau) over (order by day) as wau, sum(mau) over (order by day) as mau from daily
    )
    select day, dau, wau, mau from running where day between ${firstOf90} and ${lastDay} and dau > 0 order by day`
}

function newcomers(dialect: Dialect, narrowed: Narrowed): string {
  const condition = narrowed.people === undefined ? '' : `and ${narrowed.people}`
  const day = dayOf('u.created_at', dialect)
  return `select ${day} as day, count(*) as people from users u
    where u.created_at >= ${startOf(firstOf90)} ${condition} group by 1 order by 1`
}

/** Activity over the 90 days that end today. */
export function activity90(filter?: Filter): Question {
  return question<'activity', Activity>({
    title: `activity, 90 days${filter ? `, ${filter.title}` : ''}`,
    stat: 'activity',
    params: {
      from: dayText(firstOf90),
      to: dayText(lastDay),
      ...(filter ? { where: filter.where } : {}),
    },
    figures: ({ points }) =>
      points.flatMap(({ startsAt, dau, wau, mau, newUsers }) => {
        const day = Date.parse(startsAt) / dayMs
        const people = dau === 0 ? [] : [[day, dau, wau, mau]]
        return newUsers === 0 ? people : [...people, [day, newUsers]]
      }),
    sql: (dialect) => [people(dialect, filter ?? {}), newcomers(dialect, filter ?? {})],
  })
}
