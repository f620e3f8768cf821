import { z } from 'zod'
import type { Method } from '../call.ts'
import type { Params } from '../params.ts'
import { badRequest, TelegramError } from '../telegram-error.ts'
import { isAppUrl } from '../web-url.ts'

const WEBHOOK_ACTIVE =
  "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
const MAX_TIMEOUT_S = 50

export const getMe: Method = ({ world }) => world.bot

/** `allowed_updates` when given: an empty list asks for Telegram's default again. */
function readAllowed(params: Params): { allowed: string[] | undefined } | undefined {
  if (!params.has('allowed_updates')) return undefined
  const list = z.array(z.string()).safeParse(params.structure('allowed_updates'))
  if (!list.success) throw badRequest("can't parse allowed updates JSON object")
  return { allowed: list.data.length > 0 ? list.data : undefined }
}

export const getUpdates: Method = ({ world, params, signal }) => {
  if (world.updates.webhook) throw new TelegramError(409, WEBHOOK_ACTIVE)
  const asked = readAllowed(params)
  if (asked) world.updates.allowed = asked.allowed
  return world.updates.take({
    offset: params.integer('offset') ?? 0,
    limit: Math.min(100, Math.max(1, params.integer('limit') ?? 100)),
    timeoutMs: Math.min(MAX_TIMEOUT_S, Math.max(0, params.integer('timeout') ?? 0)) * 1000,
    signal,
  })
}

export const setWebhook: Method = (call) => {
  const { world, params } = call
  const url = params.text('url') ?? ''
  if (url === '') return deleteWebhook(call)
  if (!isAppUrl(url)) throw badRequest('bad webhook: An HTTPS URL must be provided for webhook')
  const secret = params.text('secret_token')
  if (secret !== undefined && !/^[A-Za-z0-9_-]{1,256}$/.test(secret)) {
    throw badRequest('secret token contains unallowed characters')
  }
  const asked = readAllowed(params)
  if (asked) world.updates.allowed = asked.allowed
  if (params.flag('drop_pending_updates')) world.updates.clear()
  const maxConnections = Math.min(100, Math.max(1, params.integer('max_connections') ?? 40))
  world.updates.setWebhook({ url, secret, maxConnections })
  return true
}

export const deleteWebhook: Method = ({ world, params }) => {
  if (params.flag('drop_pending_updates')) world.updates.clear()
  world.updates.setWebhook(undefined)
  return true
}

export const getWebhookInfo: Method = ({ world }) => {
  const { webhook, pending, allowed } = world.updates
  return {
    url: webhook?.url ?? '',
    has_custom_certificate: false,
    pending_update_count: pending,
    ...(webhook && { max_connections: webhook.maxConnections, ip_address: '127.0.0.1' }),
    ...(webhook?.lastErrorAt !== undefined && {
      last_error_date: Math.floor(webhook.lastErrorAt / 1000),
      last_error_message: webhook.lastError,
    }),
    ...(allowed && { allowed_updates: allowed }),
  }
}
