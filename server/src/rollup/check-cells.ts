import type { Queryable } from '@botdeck/shared/db/db'
import { neverSeen, segmentFlags } from '@botdeck/shared/domain/segment-flags'
import { zoneClock } from '@botdeck/shared/domain/zone-clock'
import { eq, getTableName } from 'drizzle-orm'
import { numbersIn } from '../columns/event-chunk.ts'
import { CellChanges } from './cell-changes.ts'
import { type CellTable, cellKeys, cellRowsOf } from './cell-rows.ts'
import { latestChange } from './change-log.ts'
import type { PersonState } from './fold.ts'
import { allMoneyDays, countDay, readMoneyDay } from './money-days.ts'
import type { RollupState } from './store.ts'

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

/** Where everybody counts as they are now; null while changes of people wait to be followed. */
async function expectedSegments(
  view: Queryable,
  state: RollupState,
  states: ReadonlyMap<number, PersonState>,
): Promise<Row[] | null> {
  if ((await latestChange(view, 'userChanges')) > state.userChange) return null
  const clock = zoneClock(state.zone, state.weekStart)
  const { users } = view.t
  const { uid, purchases, generations, credits, blockedAt, tier } = users
  const changes = new CellChanges()
  const asked = { uid, purchases, generations, credits, blockedAt, tier }
  for (const row of await view.orm.select(asked).from(users)) {
    const { staff = false, firstSeenAt = null, lastActiveAt = null } = states.get(row.uid) ?? {}
    const at = lastActiveAt ?? firstSeenAt
    const day = at === null ? neverSeen : clock.dayOf(at)
    changes.segment(day, segmentFlags(row), staff).people += 1
  }
  return [...changes.segments.values()].map((cell) => ({ ...cell }))
}

async function storedCells(view: Queryable, table: CellTable, generation: number): Promise<Row[]> {
  const cells = view.t[table]
  const rows = await view.orm.select().from(cells).where(eq(cells.generation, generation))
  return rows.map(({ generation: _, ...row }) => row)
}

/** Every person of every active day as a row. */
async function storedDays(view: Queryable, generation: number): Promise<Row[]> {
  const { activeDays } = view.t
  const rows = await view.orm.select().from(activeDays).where(eq(activeDays.generation, generation))
  return rows.flatMap(peopleOf)
}

function peopleOf({ day, staff, uids }: { day: number; staff: boolean; uids: Uint8Array }): Row[] {
  const people = [...numbersIn(uids)]
  const twice = people.length === new Set(people).size ? [] : [{ day, uid: 'somebody twice', staff }]
  return [...people.map((uid) => ({ day, uid, staff })), ...twice]
}

function expectedDays({ activeDays }: CellChanges): Row[] {
  return [...activeDays].flatMap(([day, people]) => [...people].map(([uid, staff]) => ({ day, uid, staff })))
}

/** Money and payers of every day as rows, from the payments; null while changes of payments wait to be followed. */
async function expectedMoney(
  view: Queryable,
  state: RollupState,
  states: ReadonlyMap<number, PersonState>,
): Promise<{ money: Row[]; payers: Row[] } | null> {
  if ((await latestChange(view, 'paymentChanges')) > state.paymentChange) return null
  const clock = zoneClock(state.zone, state.weekStart)
  const isStaff = (uid: number) => states.get(uid)?.staff ?? false
  const [money, payers]: [Row[], Row[]] = [[], []]
  for (const day of await allMoneyDays(view, clock)) {
    const counted = countDay(day, await readMoneyDay(view, day, clock), isStaff)
    money.push(...counted.money.map((cell) => ({ ...cell })))
    for (const { staff, uids } of counted.payers)
      payers.push(...[...uids].map((uid) => ({ day, uid, staff })))
  }
  return { money, payers }
}

async function compareMoney(
  view: Queryable,
  state: RollupState,
  states: ReadonlyMap<number, PersonState>,
): Promise<string[]> {
  const expected = await expectedMoney(view, state, states)
  if (!expected) return []
  const { moneyCells, payerDays } = view.t
  const cells = await view.orm.select().from(moneyCells).where(eq(moneyCells.generation, state.generation))
  const days = await view.orm.select().from(payerDays).where(eq(payerDays.generation, state.generation))
  const money = {
    name: 'money_cells',
    key: ['day', 'staff', 'currency'],
    stored: cells.map(({ generation: _, ...row }) => row),
    expected: expected.money,
  }
  const payers = {
    name: 'payer_days',
    key: ['day', 'uid', 'staff'],
    stored: days.flatMap(peopleOf),
    expected: expected.payers,
  }
  return [money, payers].flatMap(faultsOf)
}

/** Compares every stored cell and person state with what the events say they must be. */
export async function compareCells(
  view: Queryable,
  state: RollupState,
  { changes, states }: { changes: CellChanges; states: ReadonlyMap<number, PersonState> },
): Promise<string[]> {
  const segments = await expectedSegments(view, state, states)
  const cells: Derived[] = []
  for (const { table, rows } of cellRowsOf(changes)) {
    const stored = await storedCells(view, table, state.generation)
    const key = cellKeys[table]
    const expected = table === 'segmentCells' ? (segments ?? stored) : rows.map((row) => ({ ...row }))
    cells.push({ name: tableName(view, table), key, stored, expected })
  }
  const days = {
    name: 'active_days',
    key: ['day', 'uid', 'staff'],
    stored: await storedDays(view, state.generation),
    expected: expectedDays(changes),
  }
  const people = {
    name: 'person_states',
    key: ['uid'],
    stored: await view.orm.select().from(view.t.personStates),
    expected: [...states].map(([uid, person]) => ({ uid, ...person })),
  }
  return [...[...cells, days, people].flatMap(faultsOf), ...(await compareMoney(view, state, states))]
}

const tableName = (view: Queryable, table: CellTable) => getTableName(view.t[table])
