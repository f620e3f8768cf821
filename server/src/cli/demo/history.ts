import { rename, rm } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { AppError } from '@botdeck/shared/contract/errors'
import { endChild, root, spawnNode } from '../children.ts'
import { rebuildCells } from '../commands/database.ts'
import { type Progress, withProgress } from '../progress.ts'
import { withDb } from '../settings.ts'
import type { DemoSettings } from './settings.ts'

/** Of which people the history is made. */
export interface HistoryOptions {
  people: string
  seed: string
}

function showLine(progress: Progress, line: string): void {
  // @NOTE Written by our own script, one object a line.
  const { done, total } = JSON.parse(line) as { done?: number; total?: number }
  if (done !== undefined && total !== undefined) progress.update(done, total)
}

/** Lets simulated people live a year in the database at `url`. */
async function simulate(
  url: string,
  settings: DemoSettings,
  { people, seed }: HistoryOptions,
): Promise<void> {
  const args = [`${root}/bot/emulator/people/history.ts`, '--people', people, '--seed', seed]
  const env = { ...settings.env, DATABASE_URL: url }
  const child = spawnNode({ args, env }, { stdio: ['ignore', 'pipe', 'inherit'] })
  const stop = () => void endChild(child).then(() => process.exit(1))
  process.on('SIGINT', stop).on('SIGTERM', stop)
  try {
    await withProgress('Making a year of history', async (progress) => {
      if (child.stdout)
        createInterface({ input: child.stdout }).on('line', (line) => showLine(progress, line))
      const code = await new Promise((resolve) => child.once('close', resolve))
      if (code !== 0) throw new AppError('internal', 'The history could not be made: see above')
    })
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop)
  }
}

async function isEmpty(url: string): Promise<boolean> {
  const people = await withDb((db) => db.orm.select({ uid: db.t.users.uid }).from(db.t.users).limit(1), url)
  return people.length === 0
}

async function removeFile(file: string): Promise<void> {
  for (const suffix of ['', '-wal', '-shm']) await rm(`${file}${suffix}`, { force: true })
}

/**
 * Gives an empty database its history. Our own file is made beside its place and moved there when it is whole, so that
 * a demo which was stopped half-way starts over.
 */
export async function ensureHistory(settings: DemoSettings, options: HistoryOptions): Promise<void> {
  const { databaseUrl, file } = settings
  if (!(await isEmpty(databaseUrl))) return
  const building = file === undefined ? undefined : `${file}.building`
  const url = building === undefined ? databaseUrl : `file:${building}`
  if (building !== undefined) await removeFile(building)
  await simulate(url, settings, options)
  await rebuildCells(url)
  if (file === undefined || building === undefined) return
  await removeFile(file)
  await rename(building, file)
}
