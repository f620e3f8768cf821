import type { Condition, Step } from '@botdeck/shared/contract/params'
import type { Funnel } from '@botdeck/shared/contract/stats/funnel'
import { dayMs, dayText, lastDay } from '../dataset/calendar.ts'
import type { Dialect } from '../engines/engine.ts'
import { startOf } from './fragments.ts'
import { type Question, question } from './question.ts'

/** A funnel in both languages: steps of distinct types, in order. */
export interface AskedFunnel {
  title: string
  days: number
  windowDays: number
  steps: { event: string; where?: Condition[]; sql?: (dialect: Dialect) => string }[]
  where?: Condition[]
  /** The same as `where` on `users u`. */
  people?: string
}

/**
 * People by the steps they reached. `start1` is the latest step 1 so far, `start2` the latest step 1 of a chain that
 * reached step 2 in time, and so on; events of one instant are taken in the order of the steps, which lets them follow
 * one another either way.
 */
function funnelSql({ days, windowDays, steps, people }: AskedFunnel, dialect: Dialect): string {
  const window = windowDays * dayMs
  const matching = steps.map(({ event, sql }) => `e.type = '${event}'${sql ? ` and ${sql(dialect)}` : ''}`)
  const cases = matching.map((match, index) => `when ${match} then ${index + 1}`).join(' ')
  const over = 'over (partition by person order by moment, step rows unbounded preceding)'
  const join = people === undefined ? '' : `join users u on u.id = e.user_id and ${people}`
  const first = lastDay - days + 1
  const parts = [
    `seen as (select * from (
       select e.user_id as person, e.created_at as moment, case ${cases} end as step from events e ${join}
       where e.type in (${steps.map(({ event }) => `'${event}'`).join(', ')}) and e.created_at >= ${startOf(first)}
     ) events where step is not null)`,
    `reach1 as (select seen.*, max(case when step = 1 then moment end) ${over} as start1 from seen)`,
  ]
  for (let step = 2; step <= steps.length; step++)
    parts.push(`reach${step} as (select reach${step - 1}.*,
      max(case when step = ${step} and moment - start${step - 1} <= ${window} then start${step - 1} end) ${over} as start${step}
      from reach${step - 1})`)
  const best = steps.map(
    (_, index) => `max(case when start${index + 1} is not null then 1 end) as best${index + 1}`,
  )
  parts.push(`people as (select person, ${best.join(', ')} from reach${steps.length} group by person)`)
  const counts = steps.map((_, index) => `count(best${index + 1}) as step${index + 1}`)
  return `with ${parts.join(',\n')} select ${counts.join(', ')} from people`
}

/** A funnel over the days that end today. */
export function funnel(asked: AskedFunnel): Question {
  const { title, days, windowDays, where } = asked
  const steps: Step[] = asked.steps.map(({ event, where: conditions }) =>
    conditions ? { event, where: conditions } : { event },
  )
  return question<'funnel', Funnel>({
    title,
    stat: 'funnel',
    params: {
      from: dayText(lastDay - days + 1),
      to: dayText(lastDay),
      steps,
      order: 'ordered',
      window: { value: windowDays, unit: 'day' },
      report: 'steps',
      ...(where ? { where } : {}),
    },
    figures: (answer) => [answer.steps.map(({ users }) => users)],
    sql: (dialect) => [funnelSql(asked, dialect)],
  })
}
