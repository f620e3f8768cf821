import type { Heatmap } from '@botdeck/shared/contract/stats/heatmap'
import { dayText, hourMs, lastDay } from '../dataset/calendar.ts'
import { firstOf90, startOf } from './fragments.ts'
import { question } from './question.ts'

/** Day 0 was a Thursday: so many hours into its week. */
const hoursOfFirstWeek = 72

/** Activity by hour of the week over the 90 days that end today; hours are counted from Monday's first. */
export const heatmap90 = question<'heatmap', Heatmap>({
  title: 'heatmap, 90 days',
  stat: 'heatmap',
  params: { from: dayText(firstOf90), to: dayText(lastDay) },
  figures: ({ cells }) =>
    cells.flatMap(({ weekday, hour, events }) => (events === 0 ? [] : [[(weekday - 1) * 24 + hour, events]])),
  sql: ({ div }) => [
    `select (created_at ${div} ${hourMs} + ${hoursOfFirstWeek}) % 168 as hour, count(*) as events from events
     where created_at >= ${startOf(firstOf90)} and activity = 1 group by 1 order by 1`,
  ],
})
