import type { Queryable } from '@botdeck/shared/db/db'
import { type SQL, sql } from 'drizzle-orm'
import { slicesOf } from '../rollup/store.ts'
import type { View } from '../stats/view.ts'
import { ChangeFeed } from './change-feed.ts'
import { type ColumnName, type ColumnSource, isOwn, sourceOf } from './column-sources.ts'
import { CodeColumn, NumberColumn, type PersonColumn } from './person-column.ts'

/** Rows are objects while they are read: more at once would grow the heap for good. */
const pageRows = 5000
/** New events whose people are looked up one by one; after more, all states are read anew. */
const mostEvents = 200_000
/** The same for people. */
const mostPeople = 50_000
/** Properties of people's own that are kept; those asked for longest ago give way. */
const mostOwn = 8
/** An attribute of more different values takes so much memory that it is kept for one question only. */
const mostValues = 50_000

/** Attributes of everybody in memory: each is read at its first use, and then kept up to date. */
export class PeopleTable {
  readonly #columns = new Map<ColumnName, PersonColumn>()
  readonly #feed = new ChangeFeed()
  #watermark = 0
  #turn: Promise<unknown> = Promise.resolve()
  /** One more than the highest uid. */
  people = 1

  /** Brings what is in memory to the state of the view, and sees that the columns named are. */
  prepare(view: View, names: readonly ColumnName[]): Promise<void> {
    const turn = this.#turn.then(() => this.#prepare(view, names))
    this.#turn = turn.catch(() => {})
    return turn
  }

  async #prepare(view: View, names: readonly ColumnName[]): Promise<void> {
    this.#letGo(new Set(names))
    try {
      await this.#refresh(view)
      await this.#load(view.db, names)
    } catch (error) {
      // Half a refresh is none.
      this.#columns.clear()
      throw error
    }
  }

  /** Drops what would take too much memory, but for what is wanted now. */
  #letGo(wanted: ReadonlySet<ColumnName>): void {
    const own: ColumnName[] = []
    for (const [name, column] of [...this.#columns]) {
      if (wanted.has(name)) {
        // The latest come last.
        this.#columns.delete(name)
        this.#columns.set(name, column)
      } else if (column instanceof CodeColumn && column.distinct > mostValues) this.#columns.delete(name)
      else if (isOwn(name)) own.push(name)
    }
    for (const name of own.slice(0, Math.max(0, own.length - mostOwn))) this.#columns.delete(name)
  }

  /** A column that was prepared. */
  column(name: ColumnName): PersonColumn {
    const column = this.#columns.get(name)
    if (!column) throw new Error(`the people's ${name} were not prepared`)
    return column
  }

  /** A column of numbers that was prepared. */
  numbers(name: ColumnName): NumberColumn {
    const column = this.column(name)
    if (!(column instanceof NumberColumn)) throw new Error(`the people's ${name} are no numbers`)
    return column
  }

  async #refresh({ db, watermark }: View): Promise<void> {
    const [row] = await db.all<{ last: number | null }>(sql`select max(uid) as last from users`)
    this.people = (row?.last ?? 0) + 1
    const changed = await this.#feed.next(db)
    const acted = await this.#acted(db, watermark)
    this.#watermark = watermark
    if (changed === null || changed.length > mostPeople) this.#forget(db, 'users')
    if (changed === null || acted === null || acted.size > mostPeople) this.#forget(db, 'person_states')
    if (changed) await this.#update(db, 'users', new Set(changed))
    // Who was added anew may have states of before.
    if (changed && acted) await this.#update(db, 'person_states', new Set([...changed, ...acted]))
  }

  /** Who has events since the last question: their states may have changed. Null where too many have. */
  async #acted(db: Queryable, watermark: number): Promise<Set<number> | null> {
    const after = this.#watermark
    if (watermark === after) return new Set()
    if (watermark < after || watermark - after > mostEvents) return null
    const rows = await db.all<{ uid: number }>(
      sql`select distinct uid from events where id > ${after} and id <= ${watermark}`,
    )
    return new Set(rows.map(({ uid }) => uid))
  }

  #forget(db: Queryable, table: ColumnSource['table']): void {
    for (const name of this.#namesOf(db, table)) this.#columns.delete(name)
  }

  #namesOf(db: Queryable, table: ColumnSource['table']): ColumnName[] {
    return [...this.#columns.keys()].filter((name) => sourceOf(name, db.engine).table === table)
  }

  async #update(db: Queryable, table: ColumnSource['table'], uids: ReadonlySet<number>): Promise<void> {
    const names = this.#namesOf(db, table)
    if (names.length === 0) return
    for (const part of slicesOf(uids)) {
      for (const name of names) for (const uid of part) this.#columns.get(name)?.set(uid, null)
      await this.#read(db, { table, names, columns: this.#columns, which: sql`uid in ${part}` })
    }
  }

  async #load(db: Queryable, wanted: readonly ColumnName[]): Promise<void> {
    const missing = wanted.filter((name) => !this.#columns.has(name))
    // Those that only some rows have are read from these rows; the others together.
    const [some, all] = [
      [] as ColumnName[][],
      { users: [] as ColumnName[], person_states: [] as ColumnName[] },
    ]
    for (const name of missing) {
      const { table, among } = sourceOf(name, db.engine)
      if (among) some.push([name])
      else all[table].push(name)
    }
    for (const names of [all.users, all.person_states, ...some]) await this.#loadTogether(db, names)
  }

  /** Reads attributes of one table. */
  async #loadTogether(db: Queryable, names: readonly ColumnName[]): Promise<void> {
    const [first] = names
    if (first === undefined) return
    const { table, among } = sourceOf(first, db.engine)
    const columns = new Map(names.map((name) => [name, sourceOf(name, db.engine).column(this.people)]))
    const only = among ? sql`and ${among}` : sql``
    for (let last = 0, rows = pageRows; rows === pageRows; ) {
      const which = sql`uid > ${last} ${only} order by uid limit ${pageRows}`
      const page = await this.#read(db, { table, names, columns, which })
      rows = page.rows
      last = page.last
    }
    for (const [name, column] of columns) this.#columns.set(name, column)
  }

  async #read(
    db: Queryable,
    of: {
      table: ColumnSource['table']
      names: readonly ColumnName[]
      columns: ReadonlyMap<ColumnName, PersonColumn>
      which: SQL
    },
  ): Promise<{ rows: number; last: number }> {
    const sources = of.names.map((name) => sourceOf(name, db.engine))
    const values = sources.map(({ value }, index) => sql`, ${value} as ${sql.identifier(`value${index}`)}`)
    const rows = await db.all<{ uid: number } & Record<string, unknown>>(
      sql`select uid ${sql.join(values)} from ${sql.identifier(of.table)} where ${of.which}`,
    )
    for (const [index, name] of of.names.entries()) {
      const column = of.columns.get(name)
      const [value, decode] = [`value${index}`, sources[index]?.decode]
      for (const row of rows) column?.set(row.uid, decode ? decode(row[value]) : row[value])
    }
    return { rows: rows.length, last: rows.at(-1)?.uid ?? 0 }
  }
}

const tables = new WeakMap<object, PeopleTable>()

/** The table of a view's database, kept from question to question on this thread. */
export async function peopleTable(view: View, names: readonly ColumnName[] = []): Promise<PeopleTable> {
  const table = tables.get(view.database) ?? new PeopleTable()
  tables.set(view.database, table)
  await table.prepare(view, names)
  return table
}
