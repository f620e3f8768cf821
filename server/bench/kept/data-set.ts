import { rmSync } from 'node:fs'
import { prepareTables } from '@botdeck/shared/actions/prepare'
import { openDb } from '@botdeck/shared/db/open'
import { withProgress } from '../../src/cli/progress.ts'
import { resealAll, sealTail } from '../../src/columns/seal.ts'
import { rebuild } from '../../src/rollup/rebuild.ts'
import { latestEvent } from '../../src/rollup/store.ts'
import { now } from '../dataset/calendar.ts'
import { type History, makeHistory } from '../dataset/history.ts'
import type { Size } from '../dataset/size.ts'
import { startPostgres } from '../engines/postgres-server.ts'
import { loadBotdeck } from '../load/botdeck.ts'
import { csvFile, writeCsv } from '../load/csv.ts'
import { loadDuckdb } from '../load/duckdb.ts'
import { loadPlainSqlite } from '../load/plain-sqlite.ts'
import { loadPostgres } from '../load/postgres.ts'
import { fingerprint, folderOf, Kept } from './kept.ts'

/** Where the databases with one history are. */
export interface DataSet {
  size: Size
  /** Ours, with its cells and columns made. */
  botdeck: string
  plainSqlite: string
  duckdb: string
  /** Folder of the server. */
  postgres: string
}

const dataSources = ['server/bench/dataset', 'server/bench/load']

/** Makes the history at most once, and only where a database lacks it. */
function lazyHistory(size: Size): () => Promise<History> {
  let made: Promise<History> | undefined
  return () => {
    made ??= withProgress(`${size}: history`, async (progress) =>
      makeHistory(size, (done, total) => progress.update(done, total)),
    )
    return made
  }
}

async function once(
  kept: Kept,
  title: string,
  make: (path: string) => Promise<void> | void,
): Promise<string> {
  if (kept.isMade) return kept.path
  kept.clear()
  process.stderr.write(`${title}\n`)
  await make(kept.path)
  kept.markMade()
  return kept.path
}

/**
 * Makes cells and columns of our database by the product's own means; anew whenever their code has changed, so that what
 * is measured is what would be made today.
 */
async function derive(size: Size, path: string): Promise<void> {
  const cells = new Kept(size, 'cells', fingerprint(...dataSources, 'server/src/rollup'))
  const columns = new Kept(size, 'columns', fingerprint(...dataSources, 'server/src/columns'))
  const db = openDb(path)
  // The rows of an earlier run may lack tables of today.
  await prepareTables(db, 0)
  await once(cells, `${size}: cells`, async () => {
    await withProgress(`${size}: cells`, (progress) =>
      rebuild(db, { now: () => now, onProgress: (done, total) => progress.update(done, total) }),
    )
  })
  await once(columns, `${size}: columns`, async () => {
    await resealAll(db)
    await sealTail(db, await latestEvent(db))
  })
  await db.checkpoint()
  await db.close()
}

/** Brings all databases of a size into being; what is there from an earlier run stays. */
export async function prepareDataSet(size: Size): Promise<DataSet> {
  const folder = folderOf(size)
  const data = fingerprint(...dataSources)
  const history = lazyHistory(size)
  const botdeck = await once(new Kept(size, 'botdeck.db', data), `${size}: Botdeck`, async (path) => {
    const made = await history()
    await withProgress(`${size}: events`, (progress) =>
      loadBotdeck(path, made, (done, total) => progress.update(done, total)),
    )
  })
  const plainSqlite = await once(new Kept(size, 'plain.db', data), `${size}: plain SQLite`, (path) =>
    loadPlainSqlite(path, botdeck),
  )
  const others = { duckdb: new Kept(size, 'duck.db', data), postgres: new Kept(size, 'postgres', data) }
  if (!others.duckdb.isMade || !others.postgres.isMade) {
    const made = await history()
    await withProgress(`${size}: files to load from`, async (progress) =>
      writeCsv(folder, made, (done, total) => progress.update(done, total)),
    )
  }
  const duckdb = await once(others.duckdb, `${size}: DuckDB`, (path) => loadDuckdb(path, folder))
  const postgres = await once(others.postgres, `${size}: PostgreSQL`, async (path) => {
    const server = await startPostgres(path)
    await loadPostgres(server.url, folder)
    await server.stop()
  })
  for (const table of ['users', 'payments', 'events'] as const)
    rmSync(csvFile(folder, table), { force: true })
  await derive(size, botdeck)
  return { size, botdeck, plainSqlite, duckdb, postgres }
}
