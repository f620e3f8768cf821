import { asc, eq, sql } from 'drizzle-orm'
import { AppError } from '#contract/errors'
import type { Queryable, Tx } from '#db/db'
import { statement } from '#db/statement'
import type { Tables } from '#db/tables/all'
import type { Role } from '#domain/roles'
import { findPerson, setStaff } from './people.ts'

export type Admin = Tables['admins']['$inferSelect']

/** Who added those that `ADMIN_IDS` names. */
export const environment = 'environment'

const roleStatement = statement<{ role: Role }, { telegramId: number }>(
  ({ admins }) => sql`select role from ${admins} where telegram_id = ${sql.placeholder('telegramId')}`,
)

/** The role of a Telegram id; undefined for people who are no admin. */
export async function roleOf(db: Queryable, telegramId: number): Promise<Role | undefined> {
  const [row] = await roleStatement(db, { telegramId })
  return row?.role
}

/** All admins, oldest first. */
export async function listAdmins(db: Queryable): Promise<Admin[]> {
  return db.orm.select().from(db.t.admins).orderBy(asc(db.t.admins.addedAt), asc(db.t.admins.telegramId))
}

async function syncAudience(tx: Tx, telegramId: number, admin: boolean, now: number): Promise<void> {
  const person = await findPerson(tx, telegramId)
  if (person) await setStaff(tx, person, admin || person.test, now)
}

/** Makes somebody an admin, or changes their role; they count as staff from then on. */
export async function addAdmin(
  tx: Tx,
  admin: { telegramId: number; role: Role; addedBy: string },
  now: number,
): Promise<void> {
  const { admins } = tx.t
  const { telegramId, role, addedBy } = admin
  await tx.orm
    .insert(admins)
    .values({ telegramId, role, addedBy, addedAt: now })
    .onConflictDoUpdate({ target: admins.telegramId, set: { role, addedBy } })
  await syncAudience(tx, telegramId, true, now)
}

/**
 * Takes the panel away from somebody; their open sessions end with the next request, as the role is looked up on each.
 * Throws `not_found` for somebody who is no admin and `conflict` for one whom `ADMIN_IDS` names.
 */
export async function removeAdmin(tx: Tx, telegramId: number, now: number): Promise<void> {
  const [row] = await tx.orm.select().from(tx.t.admins).where(eq(tx.t.admins.telegramId, telegramId))
  if (!row) throw new AppError('not_found', `${telegramId} is no admin`)
  if (row.addedBy === environment)
    throw new AppError('conflict', `${telegramId} is named by ADMIN_IDS: change it there`)
  await dropAdmin(tx, telegramId, now)
}

async function dropAdmin(tx: Tx, telegramId: number, now: number): Promise<void> {
  await tx.orm.delete(tx.t.admins).where(eq(tx.t.admins.telegramId, telegramId))
  await syncAudience(tx, telegramId, false, now)
}

/** Makes the owners those that the environment names, at start; those it no longer names lose the panel. */
export async function syncOwners(tx: Tx, telegramIds: readonly number[], now: number): Promise<void> {
  for (const row of await listAdmins(tx))
    if (row.addedBy === environment && !telegramIds.includes(row.telegramId))
      await dropAdmin(tx, row.telegramId, now)
  for (const telegramId of telegramIds)
    await addAdmin(tx, { telegramId, role: 'owner', addedBy: environment }, now)
}
