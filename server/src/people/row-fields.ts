import type { Queryable } from '@botdeck/shared/db/db'
import { type SQL, sql } from 'drizzle-orm'

const pageRows = 20_000

async function readColumn<T>(
  db: Queryable,
  value: SQL,
  { which, take }: { which: SQL; take: (uid: number, value: T) => void },
): Promise<void> {
  for (let last = 0, more = true; more; ) {
    const rows = await db.all<{ uid: number; value: T }>(
      sql`select uid, ${value} as value from users where uid > ${last} and ${which} order by uid limit ${pageRows}`,
    )
    for (const row of rows) take(row.uid, row.value)
    last = rows.at(-1)?.uid ?? 0
    more = rows.length === pageRows
  }
}

/**
 * A field that is too various to be kept in memory, read for one question: `username`, `firstName`, or a name of the
 * person's own `props`. Who has none is left out.
 */
export async function rowField(db: Queryable, key: string): Promise<Map<number, unknown>> {
  const values = new Map<number, unknown>()
  if (key === 'username' || key === 'firstName') {
    const column = key === 'username' ? sql`username` : sql`first_name`
    const take = (uid: number, value: string) => values.set(uid, value)
    await readColumn<string>(db, column, { which: sql`${column} is not null`, take })
    return values
  }
  // Text that holds the key in quotes is a superset of the rows that have it, found without parsing.
  const quoted = JSON.stringify(key)
  const found = db.engine === 'postgres' ? sql`strpos(props, ${quoted})` : sql`instr(props, ${quoted})`
  await readColumn<string>(db, sql`props`, {
    which: sql`${found} > 0`,
    take(uid, text) {
      // @NOTE The column holds objects alone.
      const props = JSON.parse(text) as Record<string, unknown>
      if (Object.hasOwn(props, key) && props[key] !== null) values.set(uid, props[key])
    },
  })
  return values
}
