import type { Queryable } from '@botdeck/shared/db/db'
import { eq, like, or, type SQL, sql } from 'drizzle-orm'

/** A text that a pattern of LIKE takes literally. */
function literal(text: string): string {
  return text.replace(/[\\%_]/g, (char) => `\\${char}`)
}

/**
 * Whom a search means: digits the Telegram id or its beginning, `@` the username or its beginning, anything else a part
 * of the names, whatever the case. Undefined for an empty search.
 */
export function searchFilter(db: Queryable, search: string | undefined): SQL | undefined {
  const { users } = db.t
  const text = search?.trim() ?? ''
  if (text === '') return undefined
  if (/^\d+$/.test(text)) {
    const id = sql`cast(${users.telegramId} as text)`
    return or(
      Number.isSafeInteger(Number(text)) ? eq(users.telegramId, Number(text)) : undefined,
      like(id, `${text}%`),
    )
  }
  if (text.startsWith('@'))
    return sql`lower(${users.username}) like ${`${literal(text.slice(1).toLowerCase())}%`} escape '\\'`
  return sql`${users.search} like ${`%${literal(text.toLowerCase())}%`} escape '\\'`
}
