import type { Queryable } from '@botdeck/shared/db/db'
import { type SQL, sql } from 'drizzle-orm'
import { slicesOf } from '../rollup/store.ts'
import type { View } from '../stats/view.ts'
import { ChangeFeed } from './change-feed.ts'
import { CodeColumn, NumberColumn, type PersonColumn } from './person-column.ts'

interface Source {
  table: 'users' | 'person_states'
  value: SQL
  column: () => PersonColumn
}

const codes = () => new CodeColumn()
const numbers = () => new NumberColumn()
const ofUser = (value: SQL, column: () => PersonColumn): Source => ({ table: 'users', value, column })
const ofState = (value: SQL, column: () => PersonColumn): Source => ({
  table: 'person_states',
  value,
  column,
})

/** Where each attribute comes from. Times are in ms; `referrer` is a uid, `id` the Telegram id. */
const sources = {
  language: ofUser(sql`language_code`, codes),
  source: ofUser(sql`source`, codes),
  lastSource: ofUser(sql`last_source`, codes),
  tier: ofUser(sql`tier`, codes),
  blocked: ofUser(sql`case when blocked_at is null then 0 else 1 end`, codes),
  credits: ofUser(sql`credits`, numbers),
  purchases: ofUser(sql`purchases`, numbers),
  generations: ofUser(sql`generations`, numbers),
  id: ofUser(sql`telegram_id`, numbers),
  referrer: ofUser(sql`referred_by`, numbers),
  staff: ofState(sql`case when staff then 1 end`, codes),
  firstSeenAt: ofState(sql`first_seen_at`, numbers),
  firstActiveAt: ofState(sql`first_active_at`, numbers),
  lastActiveAt: ofState(sql`last_active_at`, numbers),
} satisfies Record<string, Source>

export type ColumnName = keyof typeof sources

const pageRows = 50_000
/** New events whose people are looked up one by one; after more, all states are read anew. */
const mostEvents = 200_000
/** The same for people. */
const mostPeople = 50_000

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
    try {
      await this.#refresh(view)
      await this.#load(view.db, names)
    } catch (error) {
      // Half a refresh is none.
      this.#columns.clear()
      throw error
    }
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
    if (changed === null || changed.length > mostPeople) this.#forget('users')
    if (changed === null || acted === null || acted.size > mostPeople) this.#forget('person_states')
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

  #forget(table: Source['table']): void {
    for (const name of this.#namesOf(table)) this.#columns.delete(name)
  }

  #namesOf(table: Source['table']): ColumnName[] {
    return [...this.#columns.keys()].filter((name) => sources[name].table === table)
  }

  async #update(db: Queryable, table: Source['table'], uids: ReadonlySet<number>): Promise<void> {
    const names = this.#namesOf(table)
    if (names.length === 0) return
    for (const part of slicesOf(uids)) {
      for (const name of names) for (const uid of part) this.#columns.get(name)?.set(uid, null)
      await this.#read(db, { table, names, columns: this.#columns, which: sql`uid in ${part}` })
    }
  }

  async #load(db: Queryable, wanted: readonly ColumnName[]): Promise<void> {
    for (const table of ['users', 'person_states'] as const) {
      const names = wanted.filter((name) => sources[name].table === table && !this.#columns.has(name))
      if (names.length === 0) continue
      const columns = new Map(names.map((name) => [name, sources[name].column()]))
      // Few are staff: the others need not be read.
      const only = names.length === 1 && names[0] === 'staff' ? sql`and staff` : sql``
      for (let last = 0, rows = pageRows; rows === pageRows; ) {
        const which = sql`uid > ${last} ${only} order by uid limit ${pageRows}`
        const page = await this.#read(db, { table, names, columns, which })
        rows = page.rows
        last = page.last
      }
      for (const [name, column] of columns) this.#columns.set(name, column)
    }
  }

  async #read(
    db: Queryable,
    of: {
      table: Source['table']
      names: readonly ColumnName[]
      columns: ReadonlyMap<ColumnName, PersonColumn>
      which: SQL
    },
  ): Promise<{ rows: number; last: number }> {
    const values = of.names.map((name) => sql`, ${sources[name].value} as ${sql.identifier(name)}`)
    const rows = await db.all<{ uid: number } & Record<string, unknown>>(
      sql`select uid ${sql.join(values)} from ${sql.identifier(of.table)} where ${of.which}`,
    )
    for (const name of of.names) {
      const column = of.columns.get(name)
      for (const row of rows) column?.set(row.uid, row[name])
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
