import { readSettings } from '@botdeck/shared/actions/settings'
import { getEventTypes, getPanel } from '@botdeck/shared/contract/session'
import { bucketOf } from '@botdeck/shared/domain/calendar'
import { OpenAPIHono } from '@hono/zod-openapi'
import type { AdminOfRequest, Ctx, Env } from '../context.ts'
import { listEventTypes } from './event-types.ts'
import { filterValues, firstInstant } from './filter-values.ts'

function userOf({ telegramId: id, firstName, username, role }: AdminOfRequest) {
  return { id, firstName, ...(username === null ? {} : { username }), role }
}

/** What the panel shows and offers before its first figure. */
export function panelRoutes({ db, clock, telegram }: Ctx) {
  return new OpenAPIHono<Env>()
    .openapi(getPanel, async (c) => {
      const [bot, settings, values, first] = await Promise.all([
        telegram.bot(),
        readSettings(db),
        filterValues(db),
        firstInstant(db),
      ])
      const { timezone, weekStart, currency } = settings
      const now = clock()
      const dayOf = (instant: number) => bucketOf(instant, timezone, 'day').label
      return c.json(
        {
          bot,
          user: userOf(c.get('admin')),
          timezone,
          weekStart,
          currency,
          now: new Date(now).toISOString(),
          today: dayOf(now),
          firstDay: first === null ? null : dayOf(first),
          ...values,
        },
        200,
      )
    })
    .openapi(getEventTypes, async (c) => c.json(await listEventTypes(db), 200))
}
