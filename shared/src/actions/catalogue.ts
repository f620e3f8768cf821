import { and, asc, eq, sql } from 'drizzle-orm'
import { AppError } from '#contract/errors'
import type { Queryable, Tx } from '#db/db'
import { rowStatement, slots } from '#db/statement'
import type { Tables } from '#db/tables/all'
import { defaultCategories, defaultEffects, defaultPackages } from '#domain/catalogue'

export type Effect = Tables['effects']['$inferSelect']
export type Category = Tables['categories']['$inferSelect']

/** A package that is sold: price and credits are known. */
export interface CataloguePackage {
  id: string
  titles: { en: string; ru: string }
  credits: number
  amount: number
  currency: string
}

/** Puts the first catalogue in, once; what an operator changed afterwards stays. */
export async function seedCatalogue(tx: Tx): Promise<void> {
  const { categories, effects, packages } = tx.t
  await tx.orm.insert(categories).values(defaultCategories).onConflictDoNothing()
  await tx.orm.insert(effects).values(defaultEffects).onConflictDoNothing()
  await tx.orm.insert(packages).values(defaultPackages).onConflictDoNothing()
}

/** Active categories in their order. */
export async function listCategories(db: Queryable): Promise<Category[]> {
  const { categories } = db.t
  return db.orm.select().from(categories).where(eq(categories.active, true)).orderBy(asc(categories.position))
}

/** Active effects of a category in their order. */
export async function listEffects(db: Queryable, categoryId: string): Promise<Effect[]> {
  const { effects } = db.t
  return db.orm
    .select()
    .from(effects)
    .where(and(eq(effects.categoryId, categoryId), eq(effects.active, true)))
    .orderBy(asc(effects.position))
}

/** An effect, offered or not; throws where there is none, as the id comes from our own rows. */
export async function findEffect(db: Queryable, id: string): Promise<Effect> {
  const [effect] = await db.orm.select().from(db.t.effects).where(eq(db.t.effects.id, id))
  if (!effect) throw new Error(`no effect ${id}`)
  return effect
}

/** An effect that can be ordered; throws `not_found` for one that is unknown or no longer offered. */
export async function activeEffect(db: Queryable, id: string): Promise<Effect> {
  const [effect] = await db.orm.select().from(db.t.effects).where(eq(db.t.effects.id, id))
  if (!effect?.active)
    throw new AppError('not_found', 'This effect is no longer offered', { detail: 'effect_gone' })
  return effect
}

/** Packages on sale, cheapest first as the operator ordered them. */
export async function listPackages(db: Queryable): Promise<CataloguePackage[]> {
  const { packages } = db.t
  const rows = await db.orm
    .select()
    .from(packages)
    .where(eq(packages.active, true))
    .orderBy(asc(packages.position))
  return rows.flatMap(({ id, titles, credits, amount, currency }) =>
    credits === null || amount === null || currency === null
      ? []
      : [{ id, titles, credits, amount, currency }],
  )
}

/** A package that is sold; throws `not_found` for any other. */
export async function sellablePackage(db: Queryable, id: string): Promise<CataloguePackage> {
  const offer = (await listPackages(db)).find((candidate) => candidate.id === id)
  if (!offer) throw new AppError('not_found', 'This package is no longer sold', { detail: 'package_gone' })
  return offer
}

/** Sets the price of a package; invoices sent before keep theirs and are refused at the till. */
export async function setPackagePrice(tx: Tx, id: string, amount: number): Promise<void> {
  await tx.orm.update(tx.t.packages).set({ amount }).where(eq(tx.t.packages.id, id))
}

/** The row of an offer that a sender merely named: inactive, named by its id, price unknown. */
const namedRow = (id: string) => [id, JSON.stringify({ en: id, ru: id })]

const namePackages = rowStatement(
  () => sql`insert into packages (id, titles) values (${slots(2)}) on conflict do nothing`,
)

const nameEffects = rowStatement(
  () => sql`insert into effects (id, titles) values (${slots(2)}) on conflict do nothing`,
)

/** A package that a sender merely named: inactive, named by its id, price unknown. */
export async function ensurePackage(tx: Tx, id: string): Promise<void> {
  await namePackages(tx, [namedRow(id)])
}

/** Effects that a sender merely named: inactive, named by their ids. */
export async function ensureEffects(tx: Tx, ids: Iterable<string>): Promise<void> {
  await nameEffects(tx, [...ids].map(namedRow))
}
