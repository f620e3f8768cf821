import { eq, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '#db/db'
import { rowStatement } from '#db/statement'
import type { Tables } from '#db/tables/all'
import { track } from './track.ts'

export type Person = Tables['users']['$inferSelect']

/** What Telegram or a sender tells of a person; absent fields stay as they are. */
export interface PersonFacts {
  telegramId: number
  firstName?: string | null | undefined
  username?: string | null | undefined
  languageCode?: string | null | undefined
}

/** The person with this Telegram id, if known. */
export async function findPerson(db: Queryable, telegramId: number): Promise<Person | undefined> {
  const [person] = await db.orm.select().from(db.t.users).where(eq(db.t.users.telegramId, telegramId))
  return person
}

/** The person with this number; throws where there is none, as a number comes from our own rows. */
export async function personOf(db: Queryable, uid: number): Promise<Person> {
  const [person] = await db.orm.select().from(db.t.users).where(eq(db.t.users.uid, uid))
  if (!person) throw new Error(`no person ${uid}`)
  return person
}

async function isAdmin(tx: Tx, telegramId: number): Promise<boolean> {
  const rows = await tx.orm.select().from(tx.t.admins).where(eq(tx.t.admins.telegramId, telegramId))
  return rows.length > 0
}

function searchText(names: { firstName: string | null; username: string | null }): string {
  return [names.firstName, names.username]
    .filter((name) => name !== null)
    .join('\n')
    .toLowerCase()
}

/**
 * Makes sure that the person exists and has the names given.
 * @returns the person, and whether they are new
 */
export async function upsertPerson(
  tx: Tx,
  facts: PersonFacts,
  now: number,
): Promise<{ person: Person; created: boolean }> {
  const found = await findPerson(tx, facts.telegramId)
  if (!found) return createPerson(tx, facts, now)
  const names = {
    firstName: facts.firstName === undefined ? found.firstName : facts.firstName,
    username: facts.username === undefined ? found.username : facts.username,
    languageCode: facts.languageCode === undefined ? found.languageCode : facts.languageCode,
  }
  const same =
    names.firstName === found.firstName &&
    names.username === found.username &&
    names.languageCode === found.languageCode
  if (same) return { person: found, created: false }
  const changed = { ...names, search: searchText(names) }
  await tx.orm.update(tx.t.users).set(changed).where(eq(tx.t.users.uid, found.uid))
  return { person: { ...found, ...changed }, created: false }
}

const findUid = rowStatement<{ uid: number }>(
  () => sql`select uid from users where telegram_id = ${sql.placeholder('0')}`,
)

/** The numbers of people by their Telegram ids, in the order given. Who is not known yet comes into being. */
export async function uidsOf(tx: Tx, telegramIds: readonly number[], now: number): Promise<number[]> {
  const distinct = [...new Set(telegramIds)]
  const found = await findUid(
    tx,
    distinct.map((id) => [id]),
  )
  const uids = new Map<number, number>()
  for (const [index, telegramId] of distinct.entries()) {
    const known = found[index]?.uid
    uids.set(telegramId, known ?? (await upsertPerson(tx, { telegramId }, now)).person.uid)
  }
  return telegramIds.map((id) => uids.get(id) ?? 0)
}

async function createPerson(
  tx: Tx,
  facts: PersonFacts,
  now: number,
): Promise<{ person: Person; created: boolean }> {
  const names = { firstName: facts.firstName ?? null, username: facts.username ?? null }
  const [person] = await tx.orm
    .insert(tx.t.users)
    .values({
      telegramId: facts.telegramId,
      ...names,
      languageCode: facts.languageCode ?? null,
      search: searchText(names),
      staff: await isAdmin(tx, facts.telegramId),
      createdAt: now,
    })
    .onConflictDoNothing()
    .returning()
  if (!person) return upsertPerson(tx, facts, now)
  if (person.staff)
    await track(tx, [{ uid: person.uid, type: 'audience_changed', at: now, props: { staff: true } }])
  return { person, created: true }
}

/** Sets the language the person chose in the bot. */
export async function chooseLocale(tx: Tx, uid: number, locale: string): Promise<void> {
  await tx.orm.update(tx.t.users).set({ locale }).where(eq(tx.t.users.uid, uid))
}

/** Moves the person between people and staff, and tells the roll-up by an event. Nothing when they are there already. */
export async function setStaff(tx: Tx, person: Person, staff: boolean, now: number): Promise<void> {
  if (person.staff === staff) return
  await tx.orm.update(tx.t.users).set({ staff }).where(eq(tx.t.users.uid, person.uid))
  await track(tx, [{ uid: person.uid, type: 'audience_changed', at: now, props: { staff } }])
}

/** Marks the person as a test user or not; test users and admins are staff. */
export async function setTest(tx: Tx, person: Person, test: boolean, now: number): Promise<void> {
  if (person.test === test) return
  await tx.orm.update(tx.t.users).set({ test }).where(eq(tx.t.users.uid, person.uid))
  const admin = person.telegramId !== null && (await isAdmin(tx, person.telegramId))
  await setStaff(tx, { ...person, test }, test || admin, now)
}

/** The state as of the latest change, in whatever order the changes arrive. `at` in ms. */
export async function setBlocked(
  tx: Tx,
  person: Person,
  change: { blocked: boolean; at: number },
): Promise<void> {
  if (person.blockChangedAt !== null && change.at < person.blockChangedAt) return
  await tx.orm
    .update(tx.t.users)
    .set({ blockedAt: change.blocked ? change.at : null, blockChangedAt: change.at })
    .where(eq(tx.t.users.uid, person.uid))
}

/** Merges free attributes into the person's own. */
export async function mergeProps(tx: Tx, person: Person, props: Record<string, unknown>): Promise<void> {
  await tx.orm
    .update(tx.t.users)
    .set({ props: { ...person.props, ...props } })
    .where(eq(tx.t.users.uid, person.uid))
}
