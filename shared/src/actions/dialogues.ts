import { eq } from 'drizzle-orm'
import type { Queryable, Tx } from '#db/db'

export type DialogueState = { name: string; [detail: string]: unknown }

/** Where the person stands in a dialogue with the bot; null when in none. */
export async function dialogueOf(db: Queryable, uid: number): Promise<DialogueState | null> {
  const [row] = await db.orm.select().from(db.t.dialogues).where(eq(db.t.dialogues.uid, uid))
  return row?.state ?? null
}

/** Moves the person to a state of a dialogue, or out of it with null. */
export async function setDialogue(
  tx: Tx,
  uid: number,
  state: DialogueState | null,
  now: number,
): Promise<void> {
  const { dialogues } = tx.t
  if (state === null) await tx.orm.delete(dialogues).where(eq(dialogues.uid, uid))
  else
    await tx.orm
      .insert(dialogues)
      .values({ uid, state, updatedAt: now })
      .onConflictDoUpdate({ target: dialogues.uid, set: { state, updatedAt: now } })
}
