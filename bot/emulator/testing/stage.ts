import { Bot, type Context } from 'grammy'
import sharp from 'sharp'
import { createClient, type EmulatorClient } from '../client.ts'
import { type EmulatorOptions, type RunningEmulator, startEmulator } from '../emulator.ts'

export const TOKEN = '700001:DEMO_stage-of-the-tests'
export const ANN = 7_000_000_501
export const BOB = 7_000_000_502

/** A running stand-in with two people and a client to act as them. */
export interface Stage {
  emulator: RunningEmulator
  client: EmulatorClient
  /** A grammY bot that speaks to this stand-in; not polling yet. */
  bot: Bot
  /** Runs the bot by long polling until the stage closes. */
  poll: () => Promise<void>
  /** Calls a method without grammY, to see the answer as it is. */
  call: <Result = unknown>(
    method: string,
    body?: unknown,
    token?: string,
  ) => Promise<{ status: number; body: ApiAnswer<Result> }>
  close: () => Promise<void>
}

/** The Bot API's envelope; a refusal has no `result`. */
interface ApiAnswer<Result> {
  ok: boolean
  result: Result
  error_code?: number
  description?: string
  parameters?: { retry_after?: number }
}

export async function openStage(options: Partial<EmulatorOptions> = {}): Promise<Stage> {
  const emulator = await startEmulator({
    token: TOKEN,
    bot: { id: 700_001, username: 'stage_bot', first_name: 'Stage' },
    people: [
      { id: ANN, first_name: 'Ann', username: 'ann_stage', language_code: 'en' },
      { id: BOB, first_name: 'Bob', language_code: 'ru' },
    ],
    ...options,
  })
  const bot = new Bot<Context>(TOKEN, { client: { apiRoot: emulator.url } })
  bot.catch(({ error }) => console.error(error))
  const call = async <Result>(method: string, body: unknown = {}, token = TOKEN) => {
    const answer = await fetch(`${emulator.url}/bot${token}/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return { status: answer.status, body: (await answer.json()) as ApiAnswer<Result> }
  }
  const poll = () => new Promise<void>((resolve) => void bot.start({ onStart: () => resolve() }))
  const close = async () => {
    await bot.stop()
    await emulator.stop()
  }
  return { emulator, client: createClient(emulator.url), bot, poll, call, close }
}

/** A PNG of one colour. */
export async function png(
  width: number,
  height: number,
  background = '#c04040',
): Promise<Uint8Array<ArrayBuffer>> {
  const image = sharp({ create: { width, height, channels: 3, background } })
  return new Uint8Array(await image.png().toBuffer())
}
