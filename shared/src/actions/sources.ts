import { eq, sql } from 'drizzle-orm'
import type { Tx } from '#db/db'
import { rowStatement } from '#db/statement'
import { parseStartPayload } from '#domain/payload'
import type { Person } from './people.ts'
import { refer } from './referrals.ts'

const direct = 'direct'

/**
 * What a `started` event says of where the person came from. The earliest touch is the source, whatever the order of
 * arrival; the latest named one is the last source. `direct` is a first touch like others, but never a last one
 * where a name is known.
 */
export async function touchSource(
  tx: Tx,
  person: Person,
  touch: { source: string; at: number },
): Promise<void> {
  const { users } = tx.t
  const first = person.sourceAt === null || touch.at < person.sourceAt
  const named = touch.source !== direct
  const last =
    person.lastSource === null ||
    (named && (person.lastSource === direct || touch.at >= (person.lastSourceAt ?? touch.at)))
  if (!first && !last) return
  await tx.orm
    .update(users)
    .set({
      ...(first ? { source: touch.source, sourceAt: touch.at } : {}),
      ...(last ? { lastSource: touch.source, lastSourceAt: touch.at } : {}),
    })
    .where(eq(users.uid, person.uid))
}

const touches = rowStatement<{ sourceAt: number | null; lastSource: string | null }>(
  () => sql`select source_at as "sourceAt", last_source as "lastSource" from users
    where uid = ${sql.placeholder('0')}`,
)

/** Whether a start without a payload would tell nothing new of a person, as most starts do. */
export async function isTouched(tx: Tx, uid: number, at: number): Promise<boolean> {
  const [row] = await touches(tx, [[uid]])
  return row !== undefined && row.sourceAt !== null && at >= row.sourceAt && row.lastSource !== null
}

/**
 * Applies the payload of `/start` or of a posted `started` event: a source, or who invited the person.
 * @returns the referrer's number where the payload made a referral
 */
export async function applyStartPayload(
  tx: Tx,
  person: Person,
  start: { payload: string | undefined; at: number },
): Promise<number | null> {
  const parsed = parseStartPayload(start.payload)
  if (parsed.kind === 'referral') return refer(tx, person, { referrer: parsed.referrer, at: start.at })
  await touchSource(tx, person, { source: parsed.kind === 'source' ? parsed.source : direct, at: start.at })
  return null
}

/** A source that a sender states of a person: the first one given stays for ever, a later one is the last touch. */
export async function stateSource(tx: Tx, person: Person, source: string, now: number): Promise<void> {
  const { users } = tx.t
  await tx.orm
    .update(users)
    .set({
      ...(person.source === null ? { source, sourceAt: 0 } : {}),
      lastSource: source,
      lastSourceAt: now,
    })
    .where(eq(users.uid, person.uid))
}
