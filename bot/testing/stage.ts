import { setTimeout as wait } from 'node:timers/promises'
import { addAdmin } from '@botdeck/shared/actions/admins'
import type { Db } from '@botdeck/shared/db/db'
import { Api } from 'grammy'
import type { Update } from 'grammy/types'
import { pino } from 'pino'
import sharp from 'sharp'
import type { ChatMessage, FileToSend } from '../emulator/client.ts'
import { createClient } from '../emulator/client.ts'
import { startEmulator } from '../emulator/emulator.ts'
import type { ImageGenerator } from '../src/images/image-generator.ts'
import { createLocalGenerator } from '../src/images/local.ts'
import { poll } from '../src/inbox/poller.ts'
import { createRuntime, type Runtime } from '../src/runtime.ts'

export const TOKEN = '700002:DEMO_features-of-the-bot'
export const ANN = 7_000_000_601
export const BOB = 7_000_000_602
export const OLGA = 7_000_000_603
export const ADMIN = 7_000_000_604
export const PUBLIC_URL = 'https://panel.example.com'

/** A photo of one colour, made small so that effects take no time. */
export async function photo(background = '#a06040'): Promise<FileToSend> {
  const image = sharp({ create: { width: 64, height: 48, channels: 3, background } })
  return { bytes: new Uint8Array(await image.jpeg().toBuffer()), name: 'photo.jpg', mime: 'image/jpeg' }
}

export interface StageOptions {
  generator?: ImageGenerator
  publicUrl?: string | undefined
  retryPausesMs?: number[]
}

/** A stand-in for Telegram with people in it, and the bot on a database of the test, run through the same runtime. */
export async function openStage(db: Db, options: StageOptions = {}) {
  const emulator = await startEmulator({
    token: TOKEN,
    bot: { id: 700_002, username: 'stage_bot', first_name: 'Stage' },
    people: [
      { id: ANN, first_name: 'Ann <3', username: 'ann_stage', language_code: 'en' },
      { id: BOB, first_name: 'Bob', language_code: 'en' },
      { id: OLGA, first_name: 'Ольга', language_code: 'ru' },
      { id: ADMIN, first_name: 'Ada', language_code: 'en', kind: 'admin' },
    ],
  })
  await db.transaction((tx) => addAdmin(tx, { telegramId: ADMIN, role: 'owner', addedBy: 'test' }, 0))
  const log = pino({ level: process.env.BOT_TEST_LOG ?? 'silent' })
  const create = () =>
    createRuntime({
      token: TOKEN,
      apiRoot: emulator.url,
      publicUrl: 'publicUrl' in options ? options.publicUrl : PUBLIC_URL,
      db,
      log,
      now: Date.now,
      botInfo: emulator.world.bot,
      generator: options.generator ?? createLocalGenerator(),
      retryPausesMs: options.retryPausesMs ?? [10, 20],
    })
  let runtime = create()
  let stopping = new AbortController()
  let polling: Promise<void> | undefined
  const raw = new Api(TOKEN, { apiRoot: emulator.url })
  const client = createClient(emulator.url)
  const lastOf = async (personId: number) => (await client.messages(personId)).messages.at(-1)

  return {
    emulator,
    client,
    db,
    get runtime(): Runtime {
      return runtime
    },
    /** Starts fetching; nothing is fetched before. */
    start(): void {
      polling = poll({
        api: runtime.bot.api,
        inbox: runtime.inbox,
        log,
        signal: stopping.signal,
        timeoutS: 2,
      })
    },
    /** Ends the process, as it were, and begins a new one on the same database that takes up what is open. */
    async restart(): Promise<void> {
      stopping.abort()
      await polling
      await runtime.stop(5000)
      polling = undefined
      stopping = new AbortController()
      runtime = create()
      await runtime.resume()
    },
    /** Takes what waits at Telegram without confirming it, as a process that crashes would. */
    waiting: (): Promise<Update[]> => raw.getUpdates(),
    /** Lets everything run that waits, here and at Telegram. */
    async settle(): Promise<void> {
      for (;;) {
        const updates = await raw.getUpdates()
        if (updates.length === 0) break
        await runtime.inbox.receive(updates)
        await raw.getUpdates({ offset: (updates.at(-1)?.update_id ?? 0) + 1, limit: 1 })
        await runtime.inbox.drained()
      }
      await runtime.inbox.drained()
      await runtime.worker.drained()
    },
    lastOf,
    /** Presses the button with `data` under the newest message that has it. */
    async press(personId: number, data: string): Promise<void> {
      const { messages } = await client.messages(personId)
      const message = messages.findLast((candidate) => buttonsOf(candidate).includes(data))
      if (!message) throw new Error(`no button ${data} among ${messages.flatMap(buttonsOf).join(', ')}`)
      await client.press(personId, message.message_id, { data })
    },
    /** Runs `action`, which waits for the bot, while the bot takes what arrives. */
    async during<T>(action: Promise<T>): Promise<T> {
      let ended = false
      const settled = action.finally(() => {
        ended = true
      })
      while (!ended) {
        const updates = await raw.getUpdates()
        if (updates.length > 0) {
          await runtime.inbox.receive(updates)
          await raw.getUpdates({ offset: (updates.at(-1)?.update_id ?? 0) + 1, limit: 1 })
        }
        await wait(5)
      }
      return settled
    },
    async close(): Promise<void> {
      stopping.abort()
      await polling
      await runtime.stop(5000)
      await emulator.stop()
    },
  }
}

export type Stage = Awaited<ReturnType<typeof openStage>>

/** The payloads of a message's buttons. */
export function buttonsOf(message: ChatMessage | undefined): string[] {
  const buttons = message?.reply_markup?.inline_keyboard.flat() ?? []
  return buttons.flatMap((button) =>
    'callback_data' in button && button.callback_data ? [button.callback_data] : [],
  )
}

/** The texts of the bot's messages to a person, captions included, oldest first. */
export async function said(stage: Stage, personId: number): Promise<string[]> {
  const { messages } = await stage.client.messages(personId)
  return messages
    .filter((message) => message.from?.is_bot)
    .map((message) => message.text ?? message.caption ?? message.invoice?.title ?? '')
}
