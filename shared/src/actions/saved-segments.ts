import { asc, eq } from 'drizzle-orm'
import { AppError } from '#contract/errors'
import type { Queryable, Tx } from '#db/db'
import type { Tables } from '#db/tables/all'
import type { Condition } from '#domain/conditions'
import { inOrderOfNeed, namesItsSegments, segmentsNamed } from '#domain/saved-segments'
import { isSegmentName } from '#domain/segments'

export type SavedSegmentRow = Tables['savedSegments']['$inferSelect']

/** Every saved segment, by name. */
export async function savedSegmentsOf(db: Queryable): Promise<SavedSegmentRow[]> {
  return db.orm.select().from(db.t.savedSegments).orderBy(asc(db.t.savedSegments.name))
}

function refuse(message: string, field: string): never {
  throw new AppError('invalid_params', message, { field })
}

function checkName(name: string, others: readonly SavedSegmentRow[]): void {
  if (isSegmentName(name)) refuse('that is the name of a built-in segment', 'name')
  if (others.some((other) => other.name === name))
    throw new AppError('conflict', 'There is a segment of that name', { field: 'name' })
}

function checkConditions(
  segment: { name: string; conditions: readonly Condition[] },
  others: readonly SavedSegmentRow[],
): void {
  const { conditions } = segment
  const event = conditions.findIndex(({ scope }) => scope === 'event')
  if (event >= 0)
    refuse('segments are of people: conditions are of scope "user"', `conditions.${event}.scope`)
  if (!namesItsSegments(conditions)) refuse('a condition on segment is "eq" or "ne" here', 'conditions')
  if (inOrderOfNeed([...others, segment]) === null) refuse('the segment would rest on itself', 'conditions')
  const known = new Set(others.map(({ name }) => name))
  const missing = segmentsNamed(conditions).find((name) => !isSegmentName(name) && !known.has(name))
  if (missing !== undefined) refuse(`there is no segment "${missing}"`, 'conditions')
}

function refuseWhereNamed(name: string, others: readonly SavedSegmentRow[]): void {
  const user = others.find(({ conditions }) => segmentsNamed(conditions).includes(name))
  if (user) throw new AppError('conflict', `The segment "${user.name}" names this one`)
}

async function segmentAmong(
  tx: Tx,
  id: number,
): Promise<{ segment: SavedSegmentRow; others: SavedSegmentRow[] }> {
  const all = await savedSegmentsOf(tx)
  const segment = all.find((each) => each.id === id)
  if (!segment) throw new AppError('not_found', 'There is no such segment')
  return { segment, others: all.filter((each) => each.id !== id) }
}

/**
 * Saves a segment. Throws `conflict` for a name that is taken and `invalid_params` for a built-in segment's name, and for
 * conditions on events, on segments that are not there, or that rest on the segment itself.
 */
export async function saveSegment(
  tx: Tx,
  segment: { name: string; conditions: Condition[]; createdBy: number },
  now: number,
): Promise<SavedSegmentRow> {
  const others = await savedSegmentsOf(tx)
  checkName(segment.name, others)
  checkConditions(segment, others)
  const [row] = await tx.orm
    .insert(tx.t.savedSegments)
    .values({ ...segment, createdAt: now })
    .returning()
  if (!row) throw new Error('the segment was not stored')
  return row
}

/** Renames a segment or changes its conditions; throws as `saveSegment` does, `not_found`, and `conflict` where a segment
 * that others name is to be renamed. */
export async function changeSegment(
  tx: Tx,
  id: number,
  changed: { name?: string | undefined; conditions?: Condition[] | undefined },
): Promise<SavedSegmentRow> {
  const { segment, others } = await segmentAmong(tx, id)
  const { name = segment.name, conditions = segment.conditions } = changed
  if (name !== segment.name) {
    checkName(name, others)
    refuseWhereNamed(segment.name, others)
  }
  checkConditions({ name, conditions }, others)
  const { savedSegments } = tx.t
  const [row] = await tx.orm
    .update(savedSegments)
    .set({ name, conditions })
    .where(eq(savedSegments.id, id))
    .returning()
  if (!row) throw new Error('the segment was not changed')
  return row
}

/** Deletes a segment. Throws `not_found`, and `conflict` while another one names it. */
export async function deleteSegment(tx: Tx, id: number): Promise<void> {
  const { segment, others } = await segmentAmong(tx, id)
  refuseWhereNamed(segment.name, others)
  await tx.orm.delete(tx.t.savedSegments).where(eq(tx.t.savedSegments.id, id))
}
