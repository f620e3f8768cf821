import { z } from '@hono/zod-openapi'
import { answered, integerQuery, pageQuery, statQuery } from '../params.ts'
import { getStat } from '../routes.ts'
import { UserPage } from '../users.ts'

export const Heatmap = z
  .object({
    ...answered,
    /** Every hour of the week, from the first weekday of the week on. `weekday` is 1 for Monday to 7 for Sunday. */
    cells: z.array(z.object({ weekday: z.number(), hour: z.number(), events: z.number() })),
    total: z.number(),
    complete: z.boolean(),
  })
  .openapi('Heatmap')
export type Heatmap = z.infer<typeof Heatmap>

export const heatmap = getStat('/api/stats/heatmap', {
  query: z.strictObject(statQuery),
  answer: Heatmap,
  summary: 'When people are active',
  description: 'Activity events of the range by local hour and weekday.',
})

export const heatmapPeople = getStat('/api/stats/heatmap/people', {
  query: z.strictObject({
    ...statQuery,
    ...pageQuery,
    cell: z.literal('events').optional(),
    weekday: integerQuery(1, 7),
    hour: integerQuery(0, 23),
  }),
  answer: UserPage,
  summary: 'People active in an hour of the week',
  description: 'Distinct people; `weekday` is 1 for Monday to 7 for Sunday, `hour` the local hour.',
})
