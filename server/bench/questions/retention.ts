import type { Retention } from '@botdeck/shared/contract/stats/retention'
import { dayText, lastDay } from '../dataset/calendar.ts'
import type { Dialect } from '../engines/engine.ts'
import { activeDays, dayOf, type Filter, firstOf90, type Narrowed, startOf, weekOf } from './fragments.ts'
import { type Question, question } from './question.ts'

const weeks = 26
const firstWeek = Math.floor((lastDay + 3) / 7) - weeks + 1
const firstDayOfWeeks = firstWeek * 7 - 3

/** The filled cells of an answer: row, column, people. The first activity of everybody is their first event. */
function cells({ cohorts }: Retention): [number, number, number][] {
  return cohorts.flatMap((cohort, row) =>
    cohort.cells.flatMap(({ users }, age) =>
      users === 0 ? [] : [[row, age, users] satisfies [number, number, number]],
    ),
  )
}

function daily(dialect: Dialect, narrowed: Narrowed): string {
  const condition = narrowed.people === undefined ? '' : `and ${narrowed.people}`
  return `
    select c.day - ${firstOf90} as cohort, a.day - c.day as age, count(*) as people
    from (${activeDays(firstOf90, dialect)}) a
    join (
      select u.id, ${dayOf('u.created_at', dialect)} as day from users u
      where u.created_at >= ${startOf(firstOf90)} ${condition}
    ) c on c.id = a.person
    group by 1, 2 order by 1, 2`
}

function weekly(dialect: Dialect): string {
  const from = startOf(firstDayOfWeeks)
  return `
    select c.week - ${firstWeek} as cohort, a.week - c.week as age, count(*) as people
    from (
      select distinct user_id as person, ${weekOf('created_at', dialect)} as week from events
      where created_at >= ${from} and activity = 1
    ) a
    join (
      select id, ${weekOf('created_at', dialect)} as week from users where created_at >= ${from}
    ) c on c.id = a.person
    group by 1, 2 order by 1, 2`
}

const defaults = { start: 'first_time', mode: 'on', reference: 'cohort' } as const

/** Daily retention of the newcomers of 90 days. */
export function dailyRetention(filter?: Filter): Question {
  return question<'retention', Retention>({
    title: `retention, 90 days${filter ? `, ${filter.title}` : ''}`,
    stat: 'retention',
    params: {
      ...defaults,
      from: dayText(firstOf90),
      period: 'day',
      cohorts: 90,
      periods: 90,
      ...(filter ? { where: filter.where } : {}),
    },
    figures: cells,
    sql: (dialect) => [daily(dialect, filter ?? {})],
  })
}

/** Weekly retention of the newcomers of 26 weeks. */
export const weeklyRetention = question<'retention', Retention>({
  title: 'retention, 26 weeks',
  stat: 'retention',
  params: { ...defaults, from: dayText(firstDayOfWeeks), period: 'week', cohorts: weeks, periods: weeks },
  figures: cells,
  sql: (dialect) => [weekly(dialect)],
})
