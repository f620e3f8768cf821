import { findPerson, type Person } from '@botdeck/shared/actions/people'
import type { Db } from '@botdeck/shared/db/db'
import { sql } from 'drizzle-orm'

/** The person with this Telegram id; throws where the bot does not know them. */
export async function personAt(db: Db, telegramId: number): Promise<Person> {
  const person = await findPerson(db, telegramId)
  if (!person) throw new Error(`nobody has the id ${telegramId}`)
  return person
}

/** The types of a person's events in the order they were recorded. */
export async function eventsOf(db: Db, telegramId: number): Promise<string[]> {
  const { events, eventTypes, users } = db.t
  const rows = await db.all<{ name: string }>(sql`
    select ${eventTypes.name} as name from ${events}
    join ${eventTypes} on ${eventTypes.id} = ${events.type}
    join ${users} on ${users.uid} = ${events.uid}
    where ${users.telegramId} = ${telegramId} order by ${events.id}`)
  return rows.map((row) => row.name)
}

/** People whose balance is not the sum of their ledger; must be none. */
export async function wrongBalances(db: Db): Promise<{ uid: number }[]> {
  const { users, creditLedger } = db.t
  return db.all<{ uid: number }>(sql`
    select ${users.uid} as uid from ${users}
    where coalesce(${users.credits}, 0) <>
      coalesce((select sum(${creditLedger.delta}) from ${creditLedger} where ${creditLedger.uid} = ${users.uid}), 0)`)
}

/** Updates by how far they are. */
export async function inboxStates(db: Db): Promise<string[]> {
  const rows = await db.orm.select().from(db.t.inbox)
  return rows.map((row) => row.status)
}
