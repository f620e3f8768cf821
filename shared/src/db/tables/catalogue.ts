import { sql } from 'drizzle-orm'
import type { Kit } from '../columns-sqlite.ts'

/** A text in every language of the bot. */
export interface Titles {
  en: string
  ru: string
}

/** Groups of effects in the bot's menu. */
export function categoriesTable(kit: Kit) {
  return kit.table('categories', {
    id: kit.text().primaryKey(),
    titles: kit.json<Titles>().notNull(),
    position: kit.int().notNull(),
    active: kit.bool().notNull().default(true),
  })
}

/** Effects a photo can get. One that a sender merely named is inactive. */
export function effectsTable(kit: Kit, categories: ReturnType<typeof categoriesTable>) {
  return kit.table(
    'effects',
    {
      id: kit.text().primaryKey(),
      categoryId: kit.text().references(() => categories.id),
      titles: kit.json<Titles>().notNull(),
      /** Price of one picture in credits. */
      credits: kit.int().notNull().default(1),
      /** What the picture service is asked to do; the local effects know it by the effect's id. */
      prompt: kit.text(),
      position: kit.int().notNull().default(0),
      active: kit.bool().notNull().default(false),
    },
    (t) => [kit.check('effects_credits', sql`${t.credits} >= 0`)],
  )
}

/** Packages of credits. One that a sender merely named is inactive and has no price. */
export function packagesTable(kit: Kit) {
  return kit.table(
    'packages',
    {
      id: kit.text().primaryKey(),
      titles: kit.json<Titles>().notNull(),
      credits: kit.int(),
      amount: kit.big(),
      currency: kit.text(),
      position: kit.int().notNull().default(0),
      active: kit.bool().notNull().default(false),
    },
    (t) => [
      kit.check('packages_price', sql`not ${t.active} or (${t.amount} > 0 and ${t.credits} > 0)`),
      kit.check('packages_currency', sql`(${t.amount} is null) = (${t.currency} is null)`),
    ],
  )
}
