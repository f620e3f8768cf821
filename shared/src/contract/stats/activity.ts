import { z } from '@hono/zod-openapi'
import { answered, pageQuery, Rate, statQuery } from '../params.ts'
import { getStat } from '../routes.ts'
import { UserPage } from '../users.ts'

export const Activity = z
  .object({
    ...answered,
    points: z.array(
      z.object({
        start: z.string(),
        startsAt: z.string(),
        dau: z.number(),
        wau: z.number(),
        mau: z.number(),
        ratio: Rate,
        newUsers: z.number(),
        complete: z.boolean(),
      }),
    ),
  })
  .openapi('Activity')
export type Activity = z.infer<typeof Activity>

export const activity = getStat('/api/stats/activity', {
  query: z.strictObject(statQuery),
  answer: Activity,
  summary: 'People active each day',
  description:
    'DAU: distinct people with activity in the local day; WAU and MAU: in the 7 and 30 local days that end with it; ratio: DAU ÷ MAU, null when MAU is 0.',
})

export const activityPeople = getStat('/api/stats/activity/people', {
  query: z.strictObject({
    ...statQuery,
    ...pageQuery,
    cell: z.enum(['dau', 'wau', 'mau', 'newUsers']),
    start: z.string().max(40),
  }),
  answer: UserPage,
  summary: 'People behind a point of activity',
  description: '`start` is the local day of the point, `cell` the figure.',
})
