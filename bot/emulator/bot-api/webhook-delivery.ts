import type { Update } from 'grammy/types'
import type { Webhook } from '../world/updates.ts'
import type { World } from '../world/world.ts'
import type { FaultScript } from './faults.ts'
import { Params } from './params.ts'
import { callMethod } from './routes.ts'

export interface DeliveryOptions {
  /** First pause after a failed delivery, doubled up to a minute. */
  retryMs: number
  log: (line: string) => void
}

/** Telegram waits this long for the bot's answer before it delivers again. */
const ANSWER_MS = 60_000
const MAX_RETRY_MS = 60_000

/**
 * Delivers updates to the webhook one by one in order; anything but a 2xx answer, a dropped one included, is
 * delivered again. Answers a function that stops it.
 */
export function deliverToWebhook(
  world: World,
  faults: FaultScript,
  options: DeliveryOptions,
): () => Promise<void> {
  const stop = new AbortController()
  let wake = () => {}
  world.updates.onChange(() => wake())
  const running = run()
  return async () => {
    stop.abort()
    wake()
    await running
  }

  async function run(): Promise<void> {
    let failures = 0
    while (!stop.signal.aborted) {
      const { webhook } = world.updates
      const update = world.updates.first()
      if (!webhook || !update) {
        await pause()
        continue
      }
      const error = await deliver(webhook, update)
      if (error === undefined) world.updates.confirmBefore(update.update_id + 1)
      else fail(webhook, error)
      failures = error === undefined ? 0 : failures + 1
      if (failures > 0) await pause(Math.min(MAX_RETRY_MS, options.retryMs * 2 ** (failures - 1)))
    }
  }

  /** Until the next push, or `ms` when given (a push does not shorten that). */
  function pause(ms?: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = ms === undefined ? undefined : setTimeout(resolve, ms)
      wake = () => {
        if (ms !== undefined && !stop.signal.aborted) return
        clearTimeout(timer)
        resolve()
      }
    })
  }

  function fail(webhook: Webhook, error: string): void {
    webhook.lastErrorAt = world.now()
    webhook.lastError = error
    options.log(`webhook: ${error}`)
  }

  async function deliver(webhook: Webhook, update: Update): Promise<string | undefined> {
    const fault = faults.next('webhook')
    if (fault?.kind === 'drop_before') return 'Connection refused'
    try {
      const answer = await post(webhook, update, stop.signal)
      if (fault) return 'Read timeout expired'
      if (!answer.ok) return `Wrong response from the webhook: ${answer.status} ${answer.statusText}`.trim()
      await obey(await answer.text())
      return undefined
    } catch (error) {
      return error instanceof Error ? error.message : String(error)
    }
  }

  /** A webhook may answer with a call of one method; Telegram runs it and reports nothing back. */
  async function obey(text: string): Promise<void> {
    if (!text.startsWith('{')) return
    const { method, ...values } = JSON.parse(text)
    if (typeof method !== 'string') return
    const call = { world, faults, params: new Params(values), signal: stop.signal }
    await callMethod(method, call).catch((error) => options.log(`webhook reply ${method}: ${error.message}`))
  }
}

function post(webhook: Webhook, update: Update, stop: AbortSignal): Promise<Response> {
  const secret = webhook.secret === undefined ? {} : { 'x-telegram-bot-api-secret-token': webhook.secret }
  return fetch(webhook.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...secret },
    body: JSON.stringify(update),
    redirect: 'error',
    signal: AbortSignal.any([stop, AbortSignal.timeout(ANSWER_MS)]),
  })
}
