import type { Queryable } from '@botdeck/shared/db/db'
import { isNotNull, sql } from 'drizzle-orm'

const most = 500

/** The sources and languages that people have, for filters, in alphabetical order. */
export async function filterValues(db: Queryable): Promise<{ sources: string[]; languages: string[] }> {
  const { users } = db.t
  const valuesOf = async (column: typeof users.source | typeof users.languageCode) => {
    const rows = await db.orm
      .selectDistinct({ value: column })
      .from(users)
      .where(isNotNull(column))
      .orderBy(column)
      .limit(most)
    return rows.flatMap(({ value }) => value ?? [])
  }
  return { sources: await valuesOf(users.source), languages: await valuesOf(users.languageCode) }
}

/** The instant (ms) of the first event of all, as far as the roll-up has come; null before any. */
export async function firstInstant(db: Queryable): Promise<number | null> {
  const { personStates } = db.t
  const [row] = await db.all<{ first: number | null }>(
    sql`select min(${personStates.firstSeenAt}) as first from ${personStates}`,
  )
  return row?.first ?? null
}
