import { eventTypeNames } from '@botdeck/shared/actions/event-types'
import { readSettings } from '@botdeck/shared/actions/settings'
import { AppError } from '@botdeck/shared/contract/errors'
import type { Timeline } from '@botdeck/shared/contract/users'
import type { Queryable } from '@botdeck/shared/db/db'
import { parseMoment } from '@botdeck/shared/domain/range'
import { and, desc, eq, inArray, lt, or, type SQL } from 'drizzle-orm'
import { readCursor, writeCursor } from './cursor.ts'

type Props = Record<string, unknown>

export interface TimelineQuery {
  before?: string | undefined
  cursor?: string | undefined
  limit?: number | undefined
}

/** Makes a link to a picture from Telegram's id of it. */
type LinkTo = (fileId: string) => string

async function jumpTo(db: Queryable, before: string | undefined): Promise<SQL | undefined> {
  if (before === undefined) return undefined
  const moment = parseMoment(before, (await readSettings(db)).timezone)
  if (!moment)
    throw new AppError('invalid_params', 'before: a day, a local time or an instant', { field: 'before' })
  return lt(db.t.events.at, moment.end)
}

function after(db: Queryable, cursor: string | undefined): SQL | undefined {
  if (cursor === undefined) return undefined
  const { events } = db.t
  const last = readCursor(cursor)
  return or(lt(events.at, last.key), and(eq(events.at, last.key), lt(events.id, last.id)))
}

/** What was said, for events that point to the message log; a message that was pruned says nothing. */
async function messagesOf(db: Queryable, ids: number[], linkTo: LinkTo): Promise<Map<unknown, Props>> {
  if (ids.length === 0) return new Map()
  const { messages } = db.t
  const rows = await db.orm.select().from(messages).where(inArray(messages.id, ids))
  return new Map(
    rows.map(({ id, text, fileId }) => [
      id,
      {
        ...(text === null ? {} : { text }),
        ...(fileId === null ? {} : { imageUrl: linkTo(fileId) }),
      },
    ]),
  )
}

/**
 * A person's events, newest first by time and then by arrival. `before` jumps to the end of a day or instant of the
 * reporting zone. Messages carry their text and a short-lived link to their picture.
 */
export async function timelineOf(
  db: Queryable,
  uid: number,
  { query, linkTo }: { query: TimelineQuery; linkTo: LinkTo },
): Promise<Timeline> {
  const { events } = db.t
  const limit = query.limit ?? 50
  const rows = await db.orm
    .select({ id: events.id, type: events.type, at: events.at, props: events.props })
    .from(events)
    .where(and(eq(events.uid, uid), await jumpTo(db, query.before), after(db, query.cursor)))
    .orderBy(desc(events.at), desc(events.id))
    .limit(limit + 1)
  const page = rows.slice(0, limit)
  const pointers = page.flatMap(({ props }) =>
    typeof props?.messageId === 'number' ? [props.messageId] : [],
  )
  const said = await messagesOf(db, pointers, linkTo)
  const names = await eventTypeNames(db)
  const last = rows.length > limit ? page.at(-1) : undefined
  return {
    events: page.map(({ id, type, at, props }) => {
      const { messageId, ...rest } = props ?? {}
      const message = said.get(messageId)
      return {
        id: String(id),
        type: names.get(type) ?? String(type),
        at: new Date(at).toISOString(),
        props: message ? { ...rest, ...message } : rest,
      }
    }),
    nextCursor: last ? writeCursor(last.at, last.id) : null,
  }
}
