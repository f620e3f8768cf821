import { and, asc, eq, inArray, isNull, or, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '#db/db'
import type { Tables } from '#db/tables/all'
import { activeEffect } from './catalogue.ts'
import { changeCredits } from './credits.ts'
import { activateReferral } from './referrals.ts'
import { track } from './track.ts'

export type Generation = Tables['generations']['$inferSelect']

/** Why a generation failed, as events and the panel name it. */
export type GenerationError = 'timeout' | 'safety_block' | 'invalid_image' | 'provider_error'

/**
 * Orders a picture: the credits are taken and the work is queued, together.
 * Throws `not_found` (`effect_gone`) and `conflict` (`insufficient_credits`), and then nothing has changed.
 */
export async function requestGeneration(
  tx: Tx,
  request: { uid: number; chatId: number; effectId: string; inputFileId: string; at: number },
): Promise<{ generation: Generation; balance: number }> {
  const effect = await activeEffect(tx, request.effectId)
  const { at, ...order } = request
  const [generation] = await tx.orm
    .insert(tx.t.generations)
    .values({ ...order, status: 'queued', credits: effect.credits, requestedAt: at })
    .returning()
  if (!generation) throw new Error('the generation was not stored')
  const { id, uid, credits } = generation
  const key = `generation:${id}`
  const balance = await changeCredits(tx, {
    uid,
    delta: -credits,
    reason: 'generation',
    key,
    at,
    generationId: id,
  })
  const props = { effectId: effect.id, generationId: String(id), credits }
  await track(tx, [{ uid, type: 'generation_requested', at, id: `${key}:requested`, props }])
  return { generation, balance }
}

/** The generation with this number, if any. */
export async function findGeneration(db: Queryable, id: number): Promise<Generation | undefined> {
  const [generation] = await db.orm.select().from(db.t.generations).where(eq(db.t.generations.id, id))
  return generation
}

/** Work that is to be done or whose answer is to be sent, oldest first: what a start of the bot resumes. */
export async function openGenerations(db: Queryable): Promise<Generation[]> {
  const { generations } = db.t
  return db.orm.select().from(generations).where(isNull(generations.answeredAt)).orderBy(asc(generations.id))
}

/** Marks the work as begun. */
export async function startGeneration(tx: Tx, id: number, at: number): Promise<void> {
  const { generations } = tx.t
  await tx.orm
    .update(generations)
    .set({ status: 'running', startedAt: at, attempts: sql`${generations.attempts} + 1` })
    .where(and(eq(generations.id, id), inArray(generations.status, ['queued', 'running'])))
}

/** Ends the work in one of its two ends; null where it had ended before. */
async function finish(
  tx: Tx,
  id: number,
  end: {
    status: 'succeeded' | 'failed'
    at: number
    processingMs: number
    errorType?: string
    outputFileId?: string
  },
): Promise<Generation | null> {
  const { generations } = tx.t
  const { at, ...ended } = end
  const [row] = await tx.orm
    .update(generations)
    .set({ ...ended, finishedAt: at })
    .where(
      and(eq(generations.id, id), or(eq(generations.status, 'queued'), eq(generations.status, 'running'))),
    )
    .returning()
  return row ?? null
}

/**
 * The picture was made. Whoever invited the person is thanked for their first one.
 * @returns the referrer to tell, if any; null where the generation had ended before
 */
export async function succeedGeneration(
  tx: Tx,
  id: number,
  done: { at: number; processingMs: number; outputFileId?: string },
): Promise<{ thanked: Awaited<ReturnType<typeof activateReferral>> } | null> {
  const generation = await finish(tx, id, { status: 'succeeded', ...done })
  if (!generation) return null
  const { uid, effectId, credits } = generation
  const props = { effectId, generationId: String(id), credits, processingMs: done.processingMs }
  const event = { uid, type: 'generation_succeeded', at: done.at, id: `generation:${id}:succeeded`, props }
  await track(tx, [event])
  return { thanked: await activateReferral(tx, uid, done.at) }
}

/**
 * The picture could not be made: the credits come back in the same transaction.
 * @returns the balance after that; null where the generation had ended before
 */
export async function failGeneration(
  tx: Tx,
  id: number,
  failure: { at: number; processingMs: number; errorType: GenerationError },
): Promise<number | null> {
  const generation = await finish(tx, id, { status: 'failed', ...failure })
  if (!generation) return null
  const { at, processingMs, errorType } = failure
  const { uid, effectId, credits } = generation
  const key = `generation:${id}:failed`
  const props = { effectId, errorType, generationId: String(id), processingMs }
  await track(tx, [{ uid, type: 'generation_failed', at, id: key, props }])
  return changeCredits(tx, { uid, delta: credits, reason: 'generation_failed', key, at, generationId: id })
}

/** The person has the picture or the apology. */
export async function markGenerationAnswered(
  tx: Tx,
  id: number,
  answer: { at: number; outputFileId?: string | undefined },
): Promise<void> {
  const { generations } = tx.t
  await tx.orm
    .update(generations)
    .set({
      answeredAt: answer.at,
      ...(answer.outputFileId === undefined ? {} : { outputFileId: answer.outputFileId }),
    })
    .where(eq(generations.id, id))
}
