import { mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import Database from 'better-sqlite3'
import type { SQL } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { SQLiteSyncDialect } from 'drizzle-orm/sqlite-core'
import { sqliteKit } from './columns-sqlite.ts'
import type { Db, OpenOptions, Orm, Queryable, Tx } from './db.ts'
import { reportStatement, timed } from './slow-statements.ts'
import { createTables } from './tables/all.ts'

const tables = createTables(sqliteKit)
const dialect = new SQLiteSyncDialect({ casing: 'snake_case' })
const scanBatch = 5000
const lockPatienceMs = 30_000

/**
 * Pages in the write-ahead log at which a connection checkpoints by itself. The roll-up thread does so far earlier;
 * this bounds the file where a bot runs without a server.
 */
const fallbackCheckpoint = 20_000

/** As much of the file as SQLite maps into memory at most; what lies beyond is read. */
const mappedBytes = 0x7fff0000

/** From this size on the write-ahead log is emptied where somebody asks for it. */
const longLogBytes = 64 * 2 ** 20
const trimPatienceMs = 125

/** With a write-ahead log, NORMAL loses nothing but the last transactions, and keeps the order of all writers'. */
const synchronous = { full: 'FULL', later: 'NORMAL', off: 'OFF' } as const

type Connection = Database.Database

function connect(file: string, options: OpenOptions & { readonly: boolean }): Connection {
  const connection = new Database(file, {
    readonly: options.readonly,
    fileMustExist: options.readonly,
    timeout: 0,
  })
  if (!options.readonly) connection.pragma('journal_mode = WAL')
  connection.pragma(`synchronous = ${synchronous[options.sync ?? 'full']}`)
  connection.pragma('foreign_keys = ON')
  connection.pragma(`wal_autocheckpoint = ${fallbackCheckpoint}`)
  if (options.readonly) {
    connection.pragma('busy_timeout = 1000')
    // Scans read everything once: what the system has cached is looked at in place instead of being copied.
    connection.pragma(`mmap_size = ${mappedBytes}`)
    connection.pragma('cache_size = -4000')
  } else connection.pragma('cache_size = -20000')
  return connection
}

/** Times the calls that run a statement; two looks at the clock are a hundredth of the shortest of them. */
function timing(statement: Database.Statement, text: string): Database.Statement {
  for (const name of ['all', 'get', 'run'] as const) {
    const call = statement[name].bind(statement) as (...params: unknown[]) => unknown
    const timedCall = (...params: unknown[]) => {
      const begun = performance.now()
      try {
        return call(...params)
      } finally {
        reportStatement(text, performance.now() - begun)
      }
    }
    Object.defineProperty(statement, name, { value: timedCall })
  }
  return statement
}

/** Statements are prepared once per text: preparing costs more than most of our statements take to run. */
function cachingStatements(connection: Connection): Connection {
  const statements = new Map<string, Database.Statement>()
  const prepare = (text: string) => {
    let statement = statements.get(text)
    if (!statement) {
      if (statements.size >= 1000) statements.clear()
      statement = timing(connection.prepare(text), text)
      statements.set(text, statement)
    }
    return statement.reader ? statement.raw(false) : statement
  }
  // @NOTE Drizzle uses nothing of a connection but `prepare`, as long as its own transactions are not used.
  return { prepare } as unknown as Connection
}

/** SQLite knows no booleans. */
function bindable(value: unknown): unknown {
  return typeof value === 'boolean' ? Number(value) : value
}

function queryable(connection: Connection): Queryable & { client: Connection } {
  const client = cachingStatements(connection)
  const orm: Orm = drizzle(client, { casing: 'snake_case' })
  return {
    engine: 'sqlite',
    t: tables,
    orm,
    client,
    async all<T>(query: SQL) {
      const { sql, params } = dialect.sqlToQuery(query)
      return client.prepare(sql).all(...params) as T[]
    },
    async run(query: SQL) {
      const { sql, params } = dialect.sqlToQuery(query)
      client.prepare(sql).run(...params)
    },
    build: (query: SQL) => dialect.sqlToQuery(query),
    async execute<T>(text: string, params: unknown[]) {
      const prepared = client.prepare(text)
      if (prepared.reader) return prepared.all(...params) as T[]
      prepared.run(...params)
      return []
    },
    async executeAll<T>(text: string, rows: readonly (readonly unknown[])[]) {
      const prepared = client.prepare(text)
      const answer = prepared.reader
        ? (values: unknown[]) => prepared.get(...values) as T | undefined
        : (values: unknown[]) => void prepared.run(...values)
      return rows.map((row) => answer(row.map(bindable)) as T | undefined)
    },
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')
}

/** Takes the write lock, asking again from a timer so that the thread serves people meanwhile. */
async function begin(connection: Connection): Promise<void> {
  const deadline = Date.now() + lockPatienceMs
  for (let pause = 1; ; pause = Math.min(pause * 2, 50)) {
    try {
      connection.exec('BEGIN IMMEDIATE')
      return
    } catch (error) {
      if (!isBusy(error) || Date.now() > deadline) throw error
    }
    await wait(pause)
  }
}

/** Opens a SQLite file with one writing and one reading connection. */
export function openSqlite(file: string, options: OpenOptions = {}): Db {
  if (!options.readonly) mkdirSync(dirname(file), { recursive: true })
  const writer = options.readonly ? undefined : connect(file, { ...options, readonly: false })
  const reader = connect(file, { ...options, readonly: true })
  const outside = queryable(reader)
  const inside: Tx | undefined = writer && {
    ...queryable(writer),
    database: writer,
    orderEvents: async () => {},
  }
  let last: Promise<unknown> = Promise.resolve()
  /** Snapshots that overlap share the state of the first: they wait for nothing but this file, so it is as good as new. */
  let snapshots = 0

  async function exclusively<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    if (!writer || !inside) throw new Error('this database was opened for reading alone')
    await begin(writer)
    try {
      const result = await work(inside)
      timed('commit', () => writer.exec('COMMIT'))
      return result
    } catch (error) {
      if (writer.inTransaction) writer.exec('ROLLBACK')
      throw error
    }
  }

  return {
    ...outside,
    transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
      const turn = last.then(() => exclusively(work))
      last = turn.catch(() => {})
      return turn
    },
    async snapshot<T>(work: (view: Queryable) => Promise<T>): Promise<T> {
      if (snapshots === 0) reader.exec('BEGIN')
      snapshots += 1
      try {
        return await work(outside)
      } finally {
        snapshots -= 1
        if (snapshots === 0) reader.exec('COMMIT')
      }
    },
    async lead() {
      return { release: async () => {} }
    },
    async *scan<T>(query: SQL) {
      const { sql, params } = dialect.sqlToQuery(query)
      let batch: T[] = []
      for (const row of reader.prepare(sql).iterate(...params)) {
        batch.push(row as T)
        if (batch.length === scanBatch) {
          yield batch
          batch = []
        }
      }
      if (batch.length > 0) yield batch
    },
    async checkpoint() {
      writer?.pragma('wal_checkpoint(PASSIVE)')
    },
    async trimLog() {
      await last
      const log = statSync(`${file}-wal`, { throwIfNoEntry: false })
      if (!writer || !log || log.size < longLogBytes) return true
      writer.pragma(`busy_timeout = ${trimPatienceMs}`)
      try {
        return writer.pragma('wal_checkpoint(TRUNCATE)', { simple: true }) === 0
      } finally {
        writer.pragma('busy_timeout = 0')
      }
    },
    async close() {
      await last
      reader.close()
      writer?.close()
    },
  }
}
