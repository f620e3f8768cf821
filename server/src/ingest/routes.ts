import { findIngestKey } from '@botdeck/shared/actions/ingest-keys'
import { AppError } from '@botdeck/shared/contract/errors'
import type { IngestAnswer } from '@botdeck/shared/contract/ingest'
import { type Context, Hono } from 'hono'
import type { Ctx, Env } from '../context.ts'
import { bearerOf } from '../http/auth.ts'
import { textOf } from '../http/body.ts'
import { readBatch } from './batch.ts'

async function keyOf({ db }: Ctx, c: Context<Env>) {
  const key = await findIngestKey(db, bearerOf(c.req.header('authorization')))
  if (!key) throw new AppError('unauthenticated', 'The ingest key is unknown or revoked')
  return key
}

/**
 * Takes what any bot posts. The body is parsed by the writing thread; only where the key is refused it is looked at
 * here, because a body too large or malformed is told before that.
 */
export function ingestRoutes(ctx: Ctx) {
  return new Hono<Env>().post('/api/ingest', async (c) => {
    const text = await textOf(c.req)
    const key = await keyOf(ctx, c).catch((refused: unknown) => {
      readBatch(text, { shapeMatters: false })
      throw refused
    })
    await ctx.limits.ingest(c, key.id)
    const answer: IngestAnswer = await ctx.ingest.post(text, ctx.clock())
    return c.json(answer, 200)
  })
}
