import type { Environment } from '#config/environment'
import type { Db } from '#db/db'
import { migrate } from '#db/migrate'
import { syncOwners } from './admins.ts'
import { seedCatalogue } from './catalogue.ts'
import { seedEventTypes } from './event-types.ts'
import { type Settings, writeSettings } from './settings.ts'

/** What the environment fixes of the settings that all processes share. */
function fixedSettings(environment: Environment): Partial<Settings> {
  const { REPORTING_TIMEZONE, REPORTING_CURRENCY, WEEK_START } = environment
  return {
    ...(REPORTING_TIMEZONE === undefined ? {} : { timezone: REPORTING_TIMEZONE }),
    ...(REPORTING_CURRENCY === undefined ? {} : { currency: REPORTING_CURRENCY }),
    ...(WEEK_START === undefined ? {} : { weekStart: WEEK_START }),
  }
}

/** Tables, built-in event types and the first catalogue: what every database has. Safe to run again. */
export async function prepareTables(db: Db, now: number): Promise<number> {
  const applied = await migrate(db, now)
  await db.transaction(async (tx) => {
    await seedEventTypes(tx)
    await seedCatalogue(tx)
  })
  return applied
}

/** Brings the database to the state in which bot and server may start. Safe to run from both at once. */
export async function prepareDb(db: Db, environment: Environment, now: number): Promise<void> {
  await prepareTables(db, now)
  await db.transaction(async (tx) => {
    await writeSettings(tx, fixedSettings(environment), now)
    await syncOwners(tx, environment.ADMIN_IDS, now)
  })
}
