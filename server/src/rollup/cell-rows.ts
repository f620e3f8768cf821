import type { Tx } from '@botdeck/shared/db/db'
import { rowStatement, slots } from '@botdeck/shared/db/statement'
import type { Tables } from '@botdeck/shared/db/tables/all'
import { sql } from 'drizzle-orm'
import type { CellChanges } from './cell-changes.ts'

/** Every table of cells, with the columns that name a row beside the generation. */
export const cellKeys = {
  dayCells: ['day', 'staff'],
  typeCells: ['day', 'type', 'staff'],
  quarterCells: ['quarter', 'staff'],
  firstCells: ['day', 'quarter', 'staff'],
  cohortCells: ['unit', 'cohort', 'age', 'staff'],
  segmentCells: ['staff', 'day', 'flags'],
} as const satisfies Partial<Record<keyof Tables, readonly string[]>>

const cellSums: Record<CellTable, readonly string[]> = {
  dayCells: ['active', 'newUsers', 'wauChange', 'mauChange'],
  typeCells: ['events'],
  quarterCells: ['activity', 'succeeded', 'failed'],
  firstCells: ['active', 'newUsers'],
  cohortCells: ['people'],
  segmentCells: ['people'],
}

export type CellTable = keyof typeof cellKeys
export const cellTables = Object.keys(cellKeys) as CellTable[]

const snake = (name: string) => sql.identifier(name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`))
const list = (names: readonly string[]) => sql.join(names.map(snake), sql`, `)

const columnsOf = (table: CellTable) => ['generation', ...cellKeys[table], ...cellSums[table]]

/** Adds rows to the cells of their keys; values in the order of `columnsOf`. */
function adder(table: CellTable) {
  const names = columnsOf(table)
  return rowStatement((t) => {
    const added = cellSums[table].map(
      (name) => sql`${snake(name)} = ${t[table]}.${snake(name)} + excluded.${snake(name)}`,
    )
    return sql`insert into ${t[table]} (${list(names)}) values (${slots(names.length)})
      on conflict (${list(['generation', ...cellKeys[table]])}) do update set ${sql.join(added, sql`, `)}`
  })
}

const adders = new Map(cellTables.map((table) => [table, adder(table)]))

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
    const sums = cellSums[table]
    return {
      table,
      rows: [...rows[table]].filter((row) => sums.some((name) => Reflect.get(row, name) !== 0)),
    }
  })
}

/** Adds changes to the stored cells of a generation. */
export async function addCells(tx: Tx, generation: number, { table, rows }: CellRows): Promise<void> {
  const names = columnsOf(table)
  const add = adders.get(table) ?? adder(table)
  // @NOTE The rows of a table have its columns; `cellRowsOf` pairs them.
  const values = rows.map((row) =>
    names.map((name) => (name === 'generation' ? generation : (Reflect.get(row, name) as unknown))),
  )
  await add(tx, values)
}
