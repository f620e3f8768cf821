import { AppError } from '@botdeck/shared/contract/errors'
import { Hono } from 'hono'
import type { Ctx, Env } from '../context.ts'
import { imageType, peek } from './images.ts'
import { fileOfLink } from './links.ts'

/** Pictures of the chat, passed on from Telegram, by signed links. Anything that is no picture is not passed on. */
export function fileRoutes({ telegram, fileKey, clock }: Ctx) {
  return new Hono<Env>().get('/api/files/:token', async (c) => {
    const { body } = await telegram.file(fileOfLink(fileKey, c.req.param('token'), clock()))
    if (!body) throw new AppError('not_found', 'Telegram no longer has this file')
    const { head, whole } = await peek(body)
    const type = imageType(head)
    if (type === undefined) {
      await whole.cancel()
      throw new AppError('not_found', 'This file is no picture')
    }
    return c.body(whole, 200, { 'content-type': type, 'cache-control': 'private, max-age=600' })
  })
}
