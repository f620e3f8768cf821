import type { Overview, OverviewPeriod } from '@botdeck/shared/contract/stats/overview'
import { dayMs, dayText, lastDay, minuteMs, now } from '../dataset/calendar.ts'
import type { Dialect } from '../engines/engine.ts'
import { activeDays, dayOf, startOf } from './fragments.ts'
import { type Question, question } from './question.ts'

/** A stretch of time in ms, `to` exclusive. */
interface Span {
  from: number
  to: number
}

const cohortDays = 60
const columns = [1, 7, 30]

/** The running day until now beside yesterday until the same quarter hour; longer ranges end yesterday. */
function spansOf(days: number): { range: [number, number]; current: Span; previous: Span } {
  if (days === 1) {
    const until = now - startOf(lastDay)
    const quarter = until - (until % (15 * minuteMs))
    const current = { from: startOf(lastDay), to: now + 1 }
    const previous = { from: startOf(lastDay - 1), to: startOf(lastDay - 1) + quarter }
    return { range: [lastDay, lastDay], current, previous }
  }
  const first = lastDay - days
  return {
    range: [first, lastDay - 1],
    current: { from: startOf(first), to: startOf(lastDay) },
    previous: { from: startOf(first - days), to: startOf(first) },
  }
}

function totals(name: string, { from, to }: Span): string {
  const within = (column: string) => `${column} >= ${from} and ${column} < ${to}`
  const ends = "('generation_succeeded', 'generation_failed')"
  return `select '${name}' as period,
    (select count(distinct user_id) from events where ${within('created_at')} and activity = 1) as active,
    (select count(*) from users where ${within('created_at')}) as new_users,
    (select count(distinct user_id) from payments where ${within('paid_at')}) as payers,
    (select coalesce(sum(amount), 0) from payments where ${within('paid_at')})
      - (select coalesce(sum(amount), 0) from payments where ${within('refunded_at')}) as net,
    (select count(*) from events where type in ${ends} and ${within('created_at')}) as generations,
    (select count(*) from events where type = 'generation_succeeded' and ${within('created_at')}) as succeeded`
}

/** Retention of the newcomers of the 60 days that end with the span: for 1, 7 and 30 days later, whole days alone. */
function pooled(name: string, { to }: Span, dialect: Dialect): string {
  const end = dayOf(String(to - 1), dialect)
  const first = Math.floor((to - 1) / dayMs) - cohortDays + 1
  const ages = columns.map((age) => `select ${age} as age`).join(' union all ')
  return `
    with cohort as (
      select id, ${dayOf('created_at', dialect)} as day from users
      where created_at >= ${startOf(first)} and ${dayOf('created_at', dialect)} <= ${end}
    ),
    active as (${activeDays(first, dialect)}),
    ages as (${ages}),
    size as (
      select age, count(*) as people from cohort, ages where day + age < ${lastDay} group by age
    ),
    kept as (
      select a.day - c.day as age, count(*) as people from active a join cohort c on c.id = a.person
      where a.day - c.day in (${columns.join(', ')}) and a.day < ${lastDay} group by 1
    )
    select '${name}' as period, size.age, 1.0 * coalesce(kept.people, 0) / size.people as rate
    from size left join kept on kept.age = size.age`
}

function daily({ from, to }: Span, dialect: Dialect): string {
  const part = (name: string, column: string, rest: { what: string; table: string; more?: string }) =>
    `select '${name}' as figure, ${dayOf(column, dialect)} as day, ${rest.what} as value from ${rest.table}
     where ${column} >= ${from} and ${column} < ${to} ${rest.more ?? ''} group by 2`
  const ends = "and type in ('generation_succeeded', 'generation_failed')"
  return [
    part('active', 'created_at', {
      what: 'count(distinct user_id)',
      table: 'events',
      more: 'and activity = 1',
    }),
    part('new', 'created_at', { what: 'count(*)', table: 'users' }),
    part('paid', 'paid_at', { what: 'sum(amount)', table: 'payments' }),
    part('refunded', 'refunded_at', { what: '-sum(amount)', table: 'payments' }),
    part('generations', 'created_at', { what: 'count(*)', table: 'events', more: ends }),
  ].join(' union all ')
}

/** Paid and refunded are one figure in the answer: net. */
function netByDay(rows: string): string {
  return `select case when figure in ('paid', 'refunded') then 'net' else figure end as figure, day, sum(value) as value
    from (${rows}) figures group by 1, 2`
}

function periodFigures(name: string, period: OverviewPeriod): unknown[][] {
  const { active, newUsers, payers, net, generations, successRate, retention } = period
  const succeeded = Math.round((successRate ?? 0) * generations)
  return [
    [name, active, newUsers, payers, net.amount, generations, succeeded],
    [name, 1, retention.d1],
    [name, 7, retention.d7],
    [name, 30, retention.d30],
  ]
}

function figuresOf({ current, previous, points }: Overview): unknown[][] {
  if (!previous) throw new Error('the history is longer than the overview looks back')
  const daysFigures = points.flatMap(({ startsAt, active, newUsers, net, generations }) => {
    const day = Date.parse(startsAt) / dayMs
    const all = { active, new: newUsers, net: net.amount, generations }
    return Object.entries(all).map(([figure, value]) => [figure, day, value])
  })
  const shown = daysFigures.filter(([, , value]) => value !== 0)
  return [...periodFigures('current', current), ...periodFigures('previous', previous), ...shown]
}

/** The overview of the running day, or of so many days until yesterday, with all that its answer holds. */
export function overview(days: number): Question {
  const { range, current, previous } = spansOf(days)
  return question<'overview', Overview>({
    title: `overview, ${days} ${days === 1 ? 'day' : 'days'}`,
    stat: 'overview',
    params: { from: dayText(range[0]), to: dayText(range[1]) },
    figures: figuresOf,
    sql: (dialect) => [
      totals('current', current),
      totals('previous', previous),
      pooled('current', current, dialect),
      pooled('previous', previous, dialect),
      `select * from (${netByDay(daily(current, dialect))}) days where value <> 0`,
    ],
  })
}
