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
 * delivered again.
 */
export class WebhookDelivery {
  readonly #world: World
  readonly #faults: FaultScript
  readonly #options: DeliveryOptions
  readonly #stop = new AbortController()
  readonly #running: Promise<void>
  #wake = () => {}

  constructor(world: World, faults: FaultScript, options: DeliveryOptions) {
    this.#world = world
    this.#faults = faults
    this.#options = options
    world.updates.onChange(() => this.#wake())
    this.#running = this.#run()
  }

  /** Ends the delivery under way without an answer; its update stays in the queue. */
  async stop(): Promise<void> {
    this.#stop.abort()
    this.#wake()
    await this.#running
  }

  async #run(): Promise<void> {
    let failures = 0
    while (!this.#stop.signal.aborted) {
      const { webhook } = this.#world.updates
      const update = this.#world.updates.first()
      if (webhook && update) failures = (await this.#tryOnce(webhook, update)) ? 0 : failures + 1
      else await this.#pause()
      if (failures > 0) await this.#pause(Math.min(MAX_RETRY_MS, this.#options.retryMs * 2 ** (failures - 1)))
    }
  }

  async #tryOnce(webhook: Webhook, update: Update): Promise<boolean> {
    const error = await this.#deliver(webhook, update)
    if (error === undefined) {
      this.#world.updates.confirmBefore(update.update_id + 1)
      return true
    }
    webhook.lastErrorAt = this.#world.now()
    webhook.lastError = error
    if (!this.#stop.signal.aborted) this.#options.log(`webhook: ${error}`)
    return false
  }

  /** Until the next push, or `ms` when given (a push does not shorten that). */
  #pause(ms?: number): Promise<void> {
    if (this.#stop.signal.aborted) return Promise.resolve()
    return new Promise((resolve) => {
      const timer = ms === undefined ? undefined : setTimeout(resolve, ms)
      this.#wake = () => {
        if (ms !== undefined && !this.#stop.signal.aborted) return
        clearTimeout(timer)
        resolve()
      }
    })
  }

  /** What went wrong, undefined when the bot took the update. */
  async #deliver(webhook: Webhook, update: Update): Promise<string | undefined> {
    const fault = this.#faults.next('webhook')
    if (fault?.kind === 'drop_before') return 'Connection refused'
    try {
      const answer = await post(webhook, update, this.#stop.signal)
      if (fault) return 'Read timeout expired'
      if (!answer.ok) return `Wrong response from the webhook: ${answer.status} ${answer.statusText}`.trim()
      await this.#obey(await answer.text())
      return undefined
    } catch (error) {
      return error instanceof Error ? error.message : String(error)
    }
  }

  /** A webhook may answer with a call of one method; Telegram runs it and reports nothing back. */
  async #obey(text: string): Promise<void> {
    if (!text.startsWith('{')) return
    const { method, ...values } = JSON.parse(text)
    if (typeof method !== 'string') return
    const call = {
      world: this.#world,
      faults: this.#faults,
      params: new Params(values),
      signal: this.#stop.signal,
    }
    await callMethod(method, call).catch((error) =>
      this.#options.log(`webhook reply ${method}: ${error.message}`),
    )
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
