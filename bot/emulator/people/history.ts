/*
 * Writes the demo's history into the database of `DATABASE_URL`. Progress goes to stdout, one JSON object a line:
 * `{"done":…,"total":…}` while people arrive, `{"people":…,"events":…,"seconds":…}` at the end.
 */
import { prepareTables } from '@botdeck/shared/actions/prepare'
import { readEnvironment } from '@botdeck/shared/config/environment'
import type { Db } from '@botdeck/shared/db/db'
import { openDb } from '@botdeck/shared/db/open'
import { Command, InvalidArgumentError } from 'commander'
import { sql } from 'drizzle-orm'
import { simulate } from './simulate.ts'
import { yearEnding } from './year.ts'

function positive(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('a whole number from 1')
  return value
}

function instant(text: string): number {
  const value = Date.parse(text)
  if (Number.isNaN(value)) throw new InvalidArgumentError('an instant such as 2026-03-01T12:00:00Z')
  return value
}

const command = new Command('history')
  .description('Write a history of simulated people into the database of DATABASE_URL.')
  .option('--people <number>', 'how many people come', positive, 5000)
  .option('--seed <text>', 'the same seed and end give the same history', 'botdeck')
  .option('--days <number>', 'length of the history', positive, 365)
  .option('--until <instant>', 'its end, in ISO 8601 (default: now)', instant)
  .option('--append', 'write although the database has people already')

interface Options {
  people: number
  seed: string
  days: number
  until?: number
  append?: true
}

function tell(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

async function count(db: Db, table: 'users' | 'events'): Promise<number> {
  const [row] = await db.all<{ n: number }>(sql`select cast(count(*) as integer) as n from ${db.t[table]}`)
  return row?.n ?? 0
}

async function write(db: Db, options: Options): Promise<void> {
  const began = performance.now()
  const until = options.until ?? Date.now()
  await prepareTables(db, until)
  const [known, before] = [await count(db, 'users'), await count(db, 'events')]
  if (known > 0 && !options.append)
    throw new Error(`the database has ${known} people already: choose another, or add to it with --append`)
  const { people, seed, days } = options
  const onProgress = (done: number) => tell({ done, total: people })
  await simulate(db, { people, seed, year: yearEnding(until, days), firstIndex: known, onProgress })
  const seconds = Math.round((performance.now() - began) / 100) / 10
  tell({
    people: (await count(db, 'users')) - known,
    events: (await count(db, 'events')) - before,
    seconds,
  })
}

const options = command.parse().opts<Options>()
try {
  const db = openDb(readEnvironment(process.env).DATABASE_URL, { sync: 'off' })
  try {
    await write(db, options)
  } finally {
    await db.close()
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
