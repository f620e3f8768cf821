import type { SQL } from 'drizzle-orm'
import { sql } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { postgresKit } from './columns-postgres.ts'
import type { Db, OpenOptions, Orm, Queryable, Tx } from './db.ts'
import { reportStatement } from './slow-statements.ts'
import { createTables } from './tables/all.ts'

const tables = createTables(postgresKit)
const dialect = new PgDialect({ casing: 'snake_case' })
const scanBatch = 5000

/** Counts (int8) and sums (numeric) as numbers: ours stay below 2^53. */
const numbers = {
  bigint: { to: 20, from: [20], serialize: String, parse: Number },
  numeric: { to: 1700, from: [1700], serialize: String, parse: Number },
}

type PgOrm = PostgresJsDatabase<Record<string, never>>

/** Times what a client is asked, from the moment it is sent, which is when it is awaited, until its rows are there. */
function timing(client: postgres.Sql): void {
  const { unsafe } = client
  const timed = (text: string, ...more: never[]) => {
    const query = unsafe(text, ...more)
    const then = query.then.bind(query) as (...handlers: unknown[]) => Promise<never>
    let begun: number | undefined
    const told = (rows: unknown) => {
      reportStatement(text, performance.now() - (begun ?? 0))
      return rows
    }
    // biome-ignore lint/suspicious/noThenProperty: a query of this driver is a promise that is sent by its own `then`
    query.then = (resolved, rejected) => {
      // Inside transactions the driver itself waits for it a second time.
      if (begun !== undefined) return then(resolved, rejected)
      begun = performance.now()
      return then(told).then(resolved, rejected)
    }
    return query
  }
  // @NOTE The same function but for its types, which are generic in the rows.
  client.unsafe = timed as unknown as postgres.Sql['unsafe']
}

/** @NOTE The one place where PostgreSQL's Drizzle is handed out as SQLite's: both share the builders that we use. */
function queryable(orm: Pick<PgOrm, 'execute' | '_'>): Queryable {
  // @NOTE Drizzle keeps the connection of a transaction in its session and has no other way to a prepared text.
  const { client } = orm._.session as unknown as { client: postgres.Sql }
  timing(client)
  return {
    engine: 'postgres',
    t: tables,
    orm: orm as unknown as Orm,
    async all<T>(query: SQL) {
      return [...(await orm.execute(query))] as T[]
    },
    async run(query: SQL) {
      await orm.execute(query)
    },
    build: (query: SQL) => dialect.sqlToQuery(query),
    async execute<T>(text: string, params: unknown[]) {
      return [...(await client.unsafe(text, params as never[], { prepare: true }))] as T[]
    },
    async executeAll<T>(text: string, rows: readonly (readonly unknown[])[]) {
      // All are under way at once: the connection takes them one after the other without waiting for answers.
      const answers = await Promise.all(
        rows.map((row) => client.unsafe(text, row as never[], { prepare: true })),
      )
      return answers.map(([first]) => first as T | undefined)
    },
  }
}

/** Opens PostgreSQL by its URL. */
export function openPostgres(url: string, options: OpenOptions = {}): Db {
  const client = postgres(url, {
    max: options.readonly ? 2 : 10,
    types: numbers,
    onnotice: () => {},
    connection: {
      application_name: 'botdeck',
      synchronous_commit: (options.sync ?? 'full') === 'full' ? 'on' : 'off',
    },
  })
  const orm = drizzle(client, { casing: 'snake_case' })
  return {
    ...queryable(orm),
    transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
      return orm.transaction((inner) => {
        const inside = queryable(inner)
        let ordered = false
        return work({
          ...inside,
          database: client,
          async orderEvents() {
            if (!ordered) await inside.run(sql`select pg_advisory_xact_lock(hashtext('botdeck events'))`)
            ordered = true
          },
        })
      })
    },
    snapshot<T>(work: (view: Queryable) => Promise<T>): Promise<T> {
      return orm.transaction((inner) => work(queryable(inner)), {
        isolationLevel: 'repeatable read',
        accessMode: 'read only',
      })
    },
    async lead(name: string) {
      const connection = await client.reserve()
      const [row] = await connection<{ leads: boolean }[]>`
        select pg_try_advisory_lock(hashtext(${`botdeck ${name}`})) as leads`
      if (!row?.leads) {
        connection.release()
        return null
      }
      return {
        async release() {
          await connection`select pg_advisory_unlock(hashtext(${`botdeck ${name}`}))`
          connection.release()
        },
      }
    },
    async *scan<T>(query: SQL) {
      const { sql: text, params } = dialect.sqlToQuery(query)
      for await (const rows of client.unsafe(text, params as never[]).cursor(scanBatch))
        yield rows as unknown as T[]
    },
    async checkpoint() {},
    trimLog: async () => true,
    async close() {
      await client.end({ timeout: 5 })
    },
  }
}
