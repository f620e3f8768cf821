import type { SQL } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import type { Tables } from './tables/all.ts'

/** Drizzle over either engine, typed as SQLite's: always await, never call `.get()`, `.all()` or `.run()` on a builder. */
export type Orm = BetterSQLite3Database<Record<string, never>>

/** What can be asked of the database, inside a transaction or outside. */
export interface Queryable {
  readonly engine: 'sqlite' | 'postgres'
  readonly t: Tables
  readonly orm: Orm
  /** Rows of a statement as objects. Counts and sums arrive as numbers; booleans as the engine has them. */
  all<T>(query: SQL): Promise<T[]>
  /** A statement that answers no rows. */
  run(query: SQL): Promise<void>
  /** The text of a statement in the engine's dialect, and its parameters; with `execute`, for `statement.ts` alone. */
  build(query: SQL): { sql: string; params: unknown[] }
  /** Runs a built text. */
  execute<T>(text: string, params: unknown[]): Promise<T[]>
  /** Runs a built text once for each row of values, and answers the first row of each. */
  executeAll<T>(text: string, rows: readonly (readonly unknown[])[]): Promise<(T | undefined)[]>
}

/** An open transaction. Nothing in it may wait for anything but the database: it holds the write lock. */
export interface Tx extends Queryable {
  /** Stands for the database: what is remembered of committed rows is kept by it. */
  readonly database: object
  /**
   * Makes event ids commit in ascending order: called before the first event of a transaction is inserted.
   * SQLite has one writer and needs nothing; PostgreSQL takes a lock that ends with the transaction.
   */
  orderEvents(): Promise<void>
}

/** The lead in a matter; see `Db.lead`. */
export interface Lease {
  release(): Promise<void>
}

export interface Db extends Queryable {
  /** Runs `work` in one transaction: committed when it resolves, rolled back when it throws. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** Runs `work` on one state of the database, that of its first query, whatever is committed meanwhile. */
  snapshot<T>(work: (view: Queryable) => Promise<T>): Promise<T>
  /**
   * Rows in batches, for scans that must not hold everything at once. Inside a snapshot PostgreSQL reads beside it, so
   * only rows that never change may be scanned there.
   */
  scan<T>(query: SQL): AsyncIterable<T[]>
  /**
   * Makes this the one process that leads in the matter named, until it is released or the connection breaks; null
   * where another one leads. A SQLite file has one server, which always leads.
   */
  lead(name: string): Promise<Lease | null>
  /** Copies the write-ahead log into the file; for the roll-up thread alone. Nothing on PostgreSQL. */
  checkpoint(): Promise<void>
  /**
   * Empties the write-ahead log where it has grown large, for a thread that writes without a pause: copying alone never
   * lets it begin anew while others read. All writers wait meanwhile, an eighth of a second at most where a long question
   * is under way; then nothing is emptied. Nothing on PostgreSQL.
   * @returns whether the log is short
   */
  trimLog(): Promise<boolean>
  close(): Promise<void>
}

export interface OpenOptions {
  /**
   * `full`, the default: what is committed is on disk. `later`: a power cut may lose the last transactions, for what is
   * derived from others. `off`: it may also destroy the file, for building the demo, which can be built again.
   */
  sync?: 'full' | 'later' | 'off'
  /** Opens SQLite for reading alone, as the scanning threads do. */
  readonly?: boolean
}
