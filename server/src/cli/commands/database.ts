import { prepareTables } from '@botdeck/shared/actions/prepare'
import { openDb } from '@botdeck/shared/db/open'
import type { Command } from 'commander'
import { checkRollups } from '../../rollup/check.ts'
import { rebuild } from '../../rollup/rebuild.ts'
import { withProgress } from '../progress.ts'
import { say, settings, withDb } from '../settings.ts'

/** Brings the tables up to date; safe to run again. */
async function runMigrate(): Promise<void> {
  const db = openDb(settings().DATABASE_URL)
  try {
    const applied = await withProgress('Migrating', async (progress) => {
      progress.update(0, 1)
      const count = await prepareTables(db, Date.now())
      progress.update(1, 1)
      return count
    })
    say(applied === 0 ? 'The database is up to date' : `Migrations applied: ${applied}`)
  } finally {
    await db.close()
  }
}

/** Makes columns and cells of the database at `url` anew from its events. */
export async function rebuildCells(url: string): Promise<void> {
  await withDb(
    (db) =>
      withProgress('Rebuilding', (progress) =>
        rebuild(db, { now: Date.now, onProgress: (done, total) => progress.update(done, total) }),
      ),
    url,
    { sync: 'later' },
  )
}

async function runCheck(): Promise<void> {
  const faults = await withDb((db) =>
    withProgress('Checking', (progress) => checkRollups(db, (done, total) => progress.update(done, total))),
  )
  for (const fault of faults) say(fault)
  if (faults.length === 0) say('All is well: cells equal events, credits their ledger, keys hold')
  else process.exitCode = 1
}

/** `migrate`, `rebuild` and `check`. */
export function addDatabaseCommands(program: Command): void {
  program
    .command('migrate')
    .description('bring the database to the schema of this version')
    .addHelpText('after', '\nExample:\n  DATABASE_URL=postgres://… pnpm botdeck migrate')
    .action(runMigrate)
  program
    .command('rebuild')
    .description('make the daily figures anew from all events')
    .addHelpText('after', '\nExample:\n  pnpm botdeck rebuild')
    .action(async () => {
      await rebuildCells(settings().DATABASE_URL)
      say('Rebuilt')
    })
  program
    .command('check')
    .description('prove that figures equal events and balances their ledger; exits 1 where they do not')
    .addHelpText('after', '\nExample:\n  pnpm botdeck check')
    .action(runCheck)
}
