import { eq, lt, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '#db/db'
import { statement } from '#db/statement'
import type { Tables } from '#db/tables/all'

export type PanelSession = Tables['panelSessions']['$inferSelect']

const hourMs = 3_600_000
/** A session lives this long after its last use … */
export const sessionLifeMs = 24 * hourMs
/** … and this long at most. */
export const sessionMaxMs = 7 * 24 * hourMs
/** A use is written at most this often. */
const renewalMs = hourMs

/** Opens a session for a proven admin. */
export async function openPanelSession(
  tx: Tx,
  session: { tokenHash: string; telegramId: number; firstName: string; username: string | null },
  now: number,
): Promise<{ expiresAt: number }> {
  const expiresAt = now + sessionLifeMs
  await tx.orm.insert(tx.t.panelSessions).values({ ...session, createdAt: now, renewedAt: now, expiresAt })
  return { expiresAt }
}

const livingSession = statement<PanelSession, { tokenHash: string; now: number }>(
  ({ panelSessions }) => sql`
    select token_hash as "tokenHash", telegram_id as "telegramId", first_name as "firstName", username,
      created_at as "createdAt", renewed_at as "renewedAt", expires_at as "expiresAt"
    from ${panelSessions}
    where token_hash = ${sql.placeholder('tokenHash')} and expires_at > ${sql.placeholder('now')}`,
)

/** The session of a token, while it lives. */
export async function findPanelSession(
  db: Queryable,
  tokenHash: string,
  now: number,
): Promise<PanelSession | undefined> {
  const [row] = await livingSession(db, { tokenHash, now })
  return row
}

/** Whether the use of a session is to be written now. */
export function needsRenewal(session: PanelSession, now: number): boolean {
  return now - session.renewedAt >= renewalMs && now < session.createdAt + sessionMaxMs
}

/** Puts the end of a session off, never beyond seven days from its beginning. */
export async function renewPanelSession(tx: Tx, session: PanelSession, now: number): Promise<void> {
  const { panelSessions } = tx.t
  const expiresAt = Math.min(now + sessionLifeMs, session.createdAt + sessionMaxMs)
  await tx.orm
    .update(panelSessions)
    .set({ renewedAt: now, expiresAt })
    .where(eq(panelSessions.tokenHash, session.tokenHash))
}

/** Ends a session; one that is gone already is no error. */
export async function closePanelSession(tx: Tx, tokenHash: string): Promise<void> {
  await tx.orm.delete(tx.t.panelSessions).where(eq(tx.t.panelSessions.tokenHash, tokenHash))
}

/** Removes sessions that have ended. */
export async function prunePanelSessions(tx: Tx, now: number): Promise<void> {
  await tx.orm.delete(tx.t.panelSessions).where(lt(tx.t.panelSessions.expiresAt, now))
}
