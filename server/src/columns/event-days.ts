import type { Queryable } from '@botdeck/shared/db/db'
import { and, asc, eq, exists, inArray, lte } from 'drizzle-orm'
import { chunksFrom } from './chunk-rows.ts'
import type { EventChunk } from './event-chunk.ts'

/** The events of one UTC day: chunks by type, each in the order of (time, id). A type may have several. */
export interface EventDay {
  day: number
  chunks: EventChunk[]
}

/**
 * All that columns hold, day by day in ascending order, with the columns of the properties named in `keys` alone. Inside
 * a snapshot only: `sealed` is the sealed id of it, `readSealedId`. Later events are in rows with higher ids; what a code
 * stands for tells `propertyValuesOf`.
 */
export async function* eventDays(
  view: Queryable,
  { sealed, keys = [] }: { sealed: number; keys?: readonly string[] },
): AsyncGenerator<EventDay> {
  const { eventChunks: chunks, chunkCodes: codes, chunkKeys } = view.t
  const days = await view.orm.selectDistinct({ day: chunks.day }).from(chunks).orderBy(asc(chunks.day))
  for (const { day } of days) {
    const ofDay = and(eq(chunks.day, day), lte(chunks.lastId, sealed))
    const rows = await view.orm.select().from(chunks).where(ofDay).orderBy(asc(chunks.type), asc(chunks.id))
    if (rows.length === 0) continue
    const own = and(eq(chunks.id, codes.chunk), ofDay)
    const columns =
      keys.length === 0
        ? []
        : await view.orm
            .select()
            .from(codes)
            .where(and(inArray(codes.key, [...keys]), exists(view.orm.select().from(chunks).where(own))))
    const ids = rows.map(({ id }) => id)
    const free = await view.orm.select().from(chunkKeys).where(inArray(chunkKeys.chunk, ids))
    yield { day, chunks: chunksFrom(rows, columns, free) }
  }
}
