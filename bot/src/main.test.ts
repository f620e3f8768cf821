import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { openUpdates } from '@botdeck/shared/actions/inbox'
import { onBothEngines } from '@botdeck/shared/testing/engines'
import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import type { EmulatorClient } from '../emulator/client.ts'
import { createClient } from '../emulator/client.ts'
import { startEmulator } from '../emulator/emulator.ts'
import { wrongBalances } from '../testing/records.ts'
import { photo } from '../testing/stage.ts'

const token = '700004:DEMO_process-of-the-bot'
const main = fileURLToPath(new URL('./main.ts', import.meta.url))

function run(variables: Record<string, string>): ChildProcess {
  const { PATH = '' } = process.env
  const env = { PATH, LOG_LEVEL: 'info', ...variables }
  return spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'pipe'] })
}

async function ready(child: ChildProcess): Promise<void> {
  if (!child.stdout) throw new Error('the process has no output')
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.includes('bot ready')) continue
    child.stdout.resume()
    return
  }
  throw new Error('the bot ended before it was ready')
}

async function complaint(variables: Record<string, string>): Promise<{ code: number; lines: string[] }> {
  const child = run(variables)
  let text = ''
  child.stderr?.on('data', (part: Buffer) => {
    text += part.toString()
  })
  const [code] = (await once(child, 'close')) as [number]
  return { code, lines: text.trim().split('\n') }
}

/** What one person does, however often the bot dies meanwhile: a visit, an invoice that is paid, a picture. */
async function visit(client: EmulatorClient, personId: number): Promise<{ paid: boolean }> {
  await client.start(personId)
  await client.sendText(personId, '/store')
  const store = await client.waitForMessage(personId, (message) => hasButton(message, 'buy:pkg_10'), {
    timeoutMs: 60_000,
  })
  await client.press(personId, store.message_id, { data: 'buy:pkg_10' })
  const invoice = await client.waitForMessage(personId, (message) => message.invoice !== undefined, {
    timeoutMs: 60_000,
  })
  const payment = await client.pay(personId, { message_id: invoice.message_id })
  await client.sendPhoto(personId, await photo())
  const asked = await client.waitForMessage(personId, (message) => hasButton(message, 'category:classic'), {
    timeoutMs: 60_000,
  })
  await client.press(personId, asked.message_id, { data: 'category:classic' })
  const effects = await client.waitForMessage(personId, (message) => hasButton(message, 'effect:noir'), {
    timeoutMs: 60_000,
  })
  await client.press(personId, effects.message_id, { data: 'effect:noir' })
  await client.waitForMessage(
    personId,
    (message) => message.from?.is_bot === true && message.photo !== undefined,
    {
      timeoutMs: 60_000,
    },
  )
  return { paid: payment.status === 'paid' }
}

function hasButton(message: { reply_markup?: unknown }, data: string): boolean {
  return JSON.stringify(message.reply_markup ?? null).includes(`"${data}"`)
}

onBothEngines('a bot that is killed under load', (test) => {
  it('loses no update, lets none take effect twice, and keeps ledger and balances equal', async () => {
    const emulator = await startEmulator({
      token,
      bot: { id: 700_004, username: 'killed_bot', first_name: 'Killed' },
    })
    const client = createClient(emulator.url)
    const variables = { BOT_TOKEN: token, TELEGRAM_API_ROOT: emulator.url, DATABASE_URL: test.url }
    const people = Array.from({ length: 6 }, (_, index) => 7_000_000_700 + index)
    for (const id of people) await client.createPerson({ id, first_name: `Person ${id}` })
    let child = run(variables)
    await ready(child)
    const visits = Promise.all(people.map((id) => visit(client, id)))
    for (const delayMs of [150, 350, 500, 700]) {
      await wait(delayMs)
      child.kill('SIGKILL')
      await once(child, 'exit')
      child = run(variables)
      await ready(child)
    }
    const paid = (await visits).filter((done) => done.paid).length
    child.kill('SIGTERM')
    const [code] = (await once(child, 'exit')) as [number | null]
    await emulator.stop()

    expect(code).toBe(0)
    expect(await openUpdates(test.db)).toEqual([])
    expect(await wrongBalances(test.db)).toEqual([])
    const { users, payments, generations, inbox } = test.db.t
    const rows = await test.db.orm.select().from(users)
    expect(rows).toHaveLength(6)
    // Three to start with, less one picture, and ten for each payment that the person's Telegram took.
    expect(rows.reduce((sum, row) => sum + (row.credits ?? 0), 0)).toBe(6 * 2 + paid * 10)
    expect(rows.map((row) => row.generations)).toEqual([1, 1, 1, 1, 1, 1])
    expect(await test.db.orm.select().from(generations)).toHaveLength(6)
    const states = (await test.db.orm.select().from(payments)).map((row) => row.status)
    expect(states.filter((state) => state === 'succeeded')).toHaveLength(paid)
    const [numbers] = await test.db.all<{ first: number; last: number; count: number }>(
      sql`select min(${inbox.updateId}) as first, max(${inbox.updateId}) as last,
          cast(count(*) as integer) as count from ${inbox}`,
    )
    expect(numbers?.count).toBe((numbers?.last ?? 0) - (numbers?.first ?? 0) + 1)
  }, 120_000)
})

describe('main', () => {
  it.each([
    [{}, 'BOT_TOKEN is not set: get one from @BotFather'],
    [{ BOT_TOKEN: 'nothing' }, 'BOT_TOKEN is malformed: expected a token as @BotFather gives it'],
    [
      { BOT_TOKEN: token, DATABASE_URL: 'mysql://x' },
      'The database cannot be used (DATABASE_URL): DATABASE_URL is neither postgres://… nor a file',
    ],
  ])('ends with one line on %j', async (variables, line) => {
    expect(await complaint(variables)).toEqual({ code: 1, lines: [line] })
  })

  it('ends with one line when Telegram refuses the token', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'botdeck-'))
    const emulator = await startEmulator({
      token,
      bot: { id: 1, username: 'other_bot', first_name: 'Other' },
    })
    const variables = {
      BOT_TOKEN: '1:other',
      TELEGRAM_API_ROOT: emulator.url,
      DATABASE_URL: join(folder, 'refused.db'),
    }
    const answer = await complaint(variables)
    await emulator.stop()
    await rm(folder, { recursive: true })
    expect(answer).toEqual({
      code: 1,
      lines: ['Telegram refuses BOT_TOKEN: get a valid one from @BotFather'],
    })
  })
})
