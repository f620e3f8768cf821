import type { Trend } from '@botdeck/shared/contract/stats/trend'
import { dayMs, dayText, lastDay } from '../dataset/calendar.ts'
import { dayOf, firstOf30, startOf } from './fragments.ts'
import { type Question, question } from './question.ts'

const effect = 'fx_3'

/** Views of one effect, day by day over 30 days: how many, or by how many people. */
export function effectViews(measure: 'events' | 'users'): Question {
  return question<'trend', Trend>({
    title: `trend of ${measure}, 30 days, by a plan property`,
    stat: 'trend',
    params: {
      from: dayText(firstOf30),
      to: dayText(lastDay),
      interval: 'day',
      measure,
      event: {
        event: 'effect_viewed',
        where: [{ scope: 'event', key: 'effectId', op: 'eq', value: effect }],
      },
    },
    figures: ({ points }) =>
      points.flatMap(({ startsAt, value }) => (value ? [[Date.parse(startsAt) / dayMs, value]] : [])),
    sql: (dialect) => [
      `select ${dayOf('created_at', dialect)} as day,
         ${measure === 'events' ? 'count(*)' : 'count(distinct user_id)'} as value
       from events where type = 'effect_viewed' and created_at >= ${startOf(firstOf30)}
         and ${dialect.prop('effectId')} = '${effect}' group by 1 order by 1`,
    ],
  })
}
