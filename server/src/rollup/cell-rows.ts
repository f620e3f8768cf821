import type { Tx } from '@botdeck/shared/db/db'
import { rowStatement, slots } from '@botdeck/shared/db/statement'
import type { Tables } from '@botdeck/shared/db/tables/all'
import { getTableColumns, sql } from 'drizzle-orm'
import type { CellChanges } from './cell-changes.ts'

/** Every table of cells, with the columns that name a row beside the generation; all others are sums. */
export const cellKeys = {
  dayCells: ['day', 'staff'],
  typeCells: ['day', 'type', 'staff'],
  quarterCells: ['quarter', 'staff'],
  firstCells: ['day', 'quarter', 'staff'],
  cohortCells: ['unit', 'cohort', 'age', 'staff'],
  segmentCells: ['staff', 'day', 'flags'],
} as const satisfies Partial<Record<keyof Tables, readonly string[]>>

export type CellTable = keyof typeof cellKeys
export const cellTables = Object.keys(cellKeys) as CellTable[]

const snake = (name: string) => sql.identifier(name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`))
const list = (names: readonly string[]) => sql.join(names.map(snake), sql`, `)

/** Adds rows to the cells of their keys; values in the order of `names`. */
function adder(table: CellTable, names: readonly string[]) {
  const key = ['generation', ...cellKeys[table]]
  return rowStatement((t) => {
    const sums = names.filter((name) => !key.includes(name))
    const added = sums.map(
      (name) => sql`${snake(name)} = ${t[table]}.${snake(name)} + excluded.${snake(name)}`,
    )
    return sql`insert into ${t[table]} (${list(names)}) values (${slots(names.length)})
      on conflict (${list(key)}) do update set ${sql.join(added, sql`, `)}`
  })
}

const adders = new Map<CellTable, { names: string[]; add: ReturnType<typeof adder> }>()

function adderOf(tx: Tx, table: CellTable) {
  const known = adders.get(table)
  if (known) return known
  const names = Object.keys(getTableColumns(tx.t[table]))
  const made = { names, add: adder(table, names) }
  adders.set(table, made)
  return made
}

/** Changes of one table, as they are written. */
export interface CellRows {
  table: CellTable
  rows: readonly object[]
}

/** The changes that change anything, by table. */
export function cellRowsOf(changes: CellChanges): CellRows[] {
  const rows: Record<CellTable, Iterable<object>> = {
    dayCells: changes.days.values(),
    typeCells: changes.types.values(),
    quarterCells: changes.quarters.values(),
    firstCells: changes.firsts.values(),
    cohortCells: changes.cohorts.values(),
    segmentCells: changes.segments.values(),
  }
  return cellTables.map((table) => {
    const key: readonly string[] = cellKeys[table]
    const changesNothing = (row: object) =>
      Object.entries(row).every(([name, value]) => key.includes(name) || value === 0)
    return { table, rows: [...rows[table]].filter((row) => !changesNothing(row)) }
  })
}

/** Adds changes to the stored cells of a generation. */
export async function addCells(tx: Tx, generation: number, { table, rows }: CellRows): Promise<void> {
  const { names, add } = adderOf(tx, table)
  // @NOTE The rows of a table have its columns; `cellRowsOf` pairs them.
  const values = rows.map((row) =>
    names.map((name) => (name === 'generation' ? generation : (Reflect.get(row, name) as unknown))),
  )
  await add(tx, values)
}
