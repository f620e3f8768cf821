import type { Segments } from '@botdeck/shared/contract/stats/segments'
import { lastDay } from '../dataset/calendar.ts'
import { startOf } from './fragments.ts'
import { question } from './question.ts'

const since = (days: number) => startOf(lastDay - days + 1)
const never = 'coalesce(p.purchases, 0) = 0'
const paid = 'coalesce(p.purchases, 0) >= 1'

/** The built-in segments by their definitions; nobody of the history has blocked the bot. */
const conditions: Record<string, string> = {
  new: `u.created_at >= ${since(7)}`,
  active_free: `u.last_active_at >= ${since(7)} and ${never} and u.credits > 0`,
  exhausted_free: `u.credits = 0 and ${never}`,
  paying: paid,
  churned: `u.last_active_at < ${since(31)}`,
  power: 'coalesce(g.generations, 0) >= 10',
  at_risk: `${paid} and u.last_active_at >= ${since(31)} and u.last_active_at < ${since(14)}`,
  blocked: '1 = 0',
}

const counts = Object.entries(conditions).map(
  ([name, condition]) => `sum(case when ${condition} then 1 else 0 end) as in_${name}`,
)

const people = `
  select count(*) as everybody, ${counts.join(', ')}
  from users u
  left join (select user_id, count(*) as purchases from payments where paid_at is not null group by user_id) p
    on p.user_id = u.id
  left join (
    select user_id, count(*) as generations from events where type = 'generation_succeeded' group by user_id
  ) g on g.user_id = u.id`

/** People by segment and by tier, as they are now. */
export const segmentsNow = question<'segments', Segments>({
  title: 'segments and tiers',
  stat: 'segments',
  params: {},
  figures: ({ users, segments, tiers }) => [
    [
      users,
      ...Object.keys(conditions).map((name) => segments.find(({ segment }) => segment === name)?.users),
    ],
    ...tiers.flatMap((row) => (row.users === 0 ? [] : [[row.tier, row.users]])),
  ],
  sql: () => [people, 'select tier, count(*) as people from users group by tier'],
})
