import type { Queryable, Tx } from '@botdeck/shared/db/db'
import type { Tables } from '@botdeck/shared/db/tables/all'
import { and, eq, getTableColumns, inArray, sql } from 'drizzle-orm'
import type { CellChanges } from './cell-changes.ts'
import type { PersonState } from './fold.ts'

export type RollupState = Tables['rollupState']['$inferSelect']

/** Rows of one statement; both engines take some 32,000 parameters. */
const slice = 500

export function* slicesOf<R>(rows: Iterable<R>): Generator<R[]> {
  let part: R[] = []
  for (const row of rows) {
    part.push(row)
    if (part.length === slice) {
      yield part
      part = []
    }
  }
  if (part.length > 0) yield part
}

type CellTable = Tables['dayCells' | 'typeCells' | 'quarterCells' | 'firstCells' | 'cohortCells']

/** Adds each change to the cell of its key; `key` names the columns of the primary key, all others are sums. */
async function addCells(
  tx: Tx,
  table: CellTable,
  changes: { rows: Iterable<object>; key: string[] },
): Promise<void> {
  const columns = Object.entries(getTableColumns(table))
  const target = columns.filter(([name]) => changes.key.includes(name)).map(([, column]) => column)
  const sums = columns.filter(([name]) => !changes.key.includes(name)).map(([name]) => name)
  const zero = (row: object) => sums.every((name) => Reflect.get(row, name) === 0)
  const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  const set = Object.fromEntries(
    columns
      .filter(([name]) => sums.includes(name))
      .map(([name, column]) => [name, sql`${column} + excluded.${sql.identifier(snake(name))}`]),
  )
  // @NOTE Each caller pairs a table with rows of its own cells.
  for (const rows of slicesOf([...changes.rows].filter((row) => !zero(row))))
    await tx.orm
      .insert(table)
      .values(rows as never)
      .onConflictDoUpdate({ target, set })
}

/** Adds changes to the stored cells. */
export async function addChanges(tx: Tx, changes: CellChanges): Promise<void> {
  const { dayCells, typeCells, quarterCells, firstCells, cohortCells } = tx.t
  await addCells(tx, dayCells, { rows: changes.days.values(), key: ['day', 'staff'] })
  await addCells(tx, typeCells, { rows: changes.types.values(), key: ['day', 'type', 'staff'] })
  await addCells(tx, quarterCells, { rows: changes.quarters.values(), key: ['quarter', 'staff'] })
  await addCells(tx, firstCells, { rows: changes.firsts.values(), key: ['day', 'quarter', 'staff'] })
  const cohortKey = ['unit', 'cohort', 'age', 'staff']
  await addCells(tx, cohortCells, { rows: changes.cohorts.values(), key: cohortKey })
  await changeActiveDays(tx, changes)
}

async function changeActiveDays(tx: Tx, { activeDays: changed }: CellChanges): Promise<void> {
  const { activeDays } = tx.t
  const kept: { day: number; uid: number; staff: boolean }[] = []
  for (const { day, uid, staff } of changed.values())
    if (staff === null)
      await tx.orm.delete(activeDays).where(and(eq(activeDays.day, day), eq(activeDays.uid, uid)))
    else kept.push({ day, uid, staff })
  for (const rows of slicesOf(kept))
    await tx.orm
      .insert(activeDays)
      .values(rows)
      .onConflictDoUpdate({
        target: [activeDays.day, activeDays.uid],
        set: { staff: sql`excluded.staff` },
      })
}

/** What is stored of some people; absent are those who have no events yet. */
export async function readStates(db: Queryable, uids: readonly number[]): Promise<Map<number, PersonState>> {
  const { personStates } = db.t
  const states = new Map<number, PersonState>()
  for (const part of slicesOf(uids)) {
    const rows = await db.orm.select().from(personStates).where(inArray(personStates.uid, part))
    for (const { uid, ...state } of rows) states.set(uid, state)
  }
  return states
}

export async function writeStates(tx: Tx, states: Iterable<[number, PersonState]>): Promise<void> {
  const { personStates } = tx.t
  for (const part of slicesOf(states))
    await tx.orm
      .insert(personStates)
      .values(part.map(([uid, state]) => ({ uid, ...state })))
      .onConflictDoUpdate({
        target: personStates.uid,
        set: {
          staff: sql`excluded.staff`,
          firstSeenAt: sql`excluded.first_seen_at`,
          firstActiveAt: sql`excluded.first_active_at`,
          lastActiveAt: sql`excluded.last_active_at`,
          lastAt: sql`excluded.last_at`,
        },
      })
}

/** Up to where the cells hold; undefined before the first roll-up. */
export async function readRollupState(db: Queryable): Promise<RollupState | undefined> {
  const [state] = await db.orm.select().from(db.t.rollupState)
  return state
}

/**
 * Moves the watermark from where it was read. Throws where another process moved it meanwhile, so that nothing is
 * counted twice.
 */
export async function moveWatermark(
  tx: Tx,
  from: RollupState,
  to: Pick<RollupState, 'watermark' | 'flushedAt'>,
) {
  const { rollupState } = tx.t
  const moved = await tx.orm
    .update(rollupState)
    .set(to)
    .where(and(eq(rollupState.watermark, from.watermark), eq(rollupState.flushedAt, from.flushedAt)))
    .returning({ id: rollupState.id })
  if (moved.length !== 1) throw new Error('another process moved the watermark of the roll-up')
  return { ...from, ...to }
}
