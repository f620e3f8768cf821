import type { Queryable } from '@botdeck/shared/db/db'
import { statement } from '@botdeck/shared/db/statement'
import { sql } from 'drizzle-orm'

interface Row {
  generation: number | null
  watermark: number | null
  people: number | null
  settings: number | null
}

const read = statement<Row, Record<string, never>>(
  ({ rollupState, userChanges, settings }) => sql`
    select (select generation from ${rollupState}) as generation, (select watermark from ${rollupState}) as watermark,
      (select max(id) from ${userChanges}) as people, (select max(updated_at) from ${settings}) as settings`,
)

/**
 * What answers depend on beside their parameters, as a key: the watermark, the attributes of people and the settings.
 * While it stays the same, so does an answer, but for the time at which it holds and for what no event tells.
 */
export async function standingOf(db: Queryable): Promise<string> {
  const [row] = await read(db, {})
  return Object.values(row ?? {}).join(' ')
}
