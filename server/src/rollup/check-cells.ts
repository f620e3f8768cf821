import type { Queryable } from '@botdeck/shared/db/db'
import type { CellChanges } from './cell-changes.ts'
import type { PersonState } from './fold.ts'

type Row = Readonly<Record<string, unknown>>

/** One derived table: the columns that name a row, and what its rows must be. */
interface Derived {
  name: string
  key: readonly string[]
  stored: readonly Row[]
  expected: Iterable<Row>
}

const named = (row: Row, names: readonly string[]) =>
  names.map((name) => `${name} ${String(row[name])}`).join(', ')

/** Rows by their key, as text. A row whose sums are all 0 is as good as none. */
function byKey(rows: Iterable<Row>, key: readonly string[]): Map<string, string> {
  const texts = new Map<string, string>()
  for (const row of rows) {
    const names = Object.keys(row).filter((name) => !key.includes(name))
    if (names.length > 0 && names.every((name) => row[name] === 0)) continue
    texts.set(named(row, key), named(row, names.sort()) || 'a row')
  }
  return texts
}

function faultsOf({ name, key, stored, expected }: Derived): string[] {
  const has = byKey(stored, key)
  const should = byKey(expected, key)
  return [...new Set([...has.keys(), ...should.keys()])]
    .filter((id) => has.get(id) !== should.get(id))
    .map((id) => `${name} (${id}): ${has.get(id) ?? 'nothing'} instead of ${should.get(id) ?? 'nothing'}`)
}

/** Compares every stored cell and person state with what the events say they must be. */
export async function compareCells(
  view: Queryable,
  { changes, states }: { changes: CellChanges; states: ReadonlyMap<number, PersonState> },
): Promise<string[]> {
  const { t, orm } = view
  const days = [...changes.activeDays.values()].map((row) => ({ ...row }))
  const people = [...states].map(([uid, state]) => ({ uid, ...state }))
  const derived: Derived[] = [
    {
      name: 'day_cells',
      key: ['day', 'staff'],
      stored: await orm.select().from(t.dayCells),
      expected: [...changes.days.values()].map((row) => ({ ...row })),
    },
    {
      name: 'type_cells',
      key: ['day', 'type', 'staff'],
      stored: await orm.select().from(t.typeCells),
      expected: [...changes.types.values()].map((row) => ({ ...row })),
    },
    {
      name: 'quarter_cells',
      key: ['quarter', 'staff'],
      stored: await orm.select().from(t.quarterCells),
      expected: [...changes.quarters.values()].map((row) => ({ ...row })),
    },
    {
      name: 'first_cells',
      key: ['day', 'quarter', 'staff'],
      stored: await orm.select().from(t.firstCells),
      expected: [...changes.firsts.values()].map((row) => ({ ...row })),
    },
    {
      name: 'cohort_cells',
      key: ['unit', 'cohort', 'age', 'staff'],
      stored: await orm.select().from(t.cohortCells),
      expected: [...changes.cohorts.values()].map((row) => ({ ...row })),
    },
    {
      name: 'active_days',
      key: ['day', 'uid', 'staff'],
      stored: await orm.select().from(t.activeDays),
      expected: days,
    },
    {
      name: 'person_states',
      key: ['uid'],
      stored: await orm.select().from(t.personStates),
      expected: people,
    },
  ]
  return derived.flatMap(faultsOf)
}
