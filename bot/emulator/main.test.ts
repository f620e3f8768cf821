import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createEmulator } from './emulator.ts'

interface Ended {
  code: number | null
  out: string
  err: string
}

function run(env: Record<string, string>, onOut: (kill: () => void) => void = () => {}): Promise<Ended> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], { env })
  const ended: Ended = { code: null, out: '', err: '' }
  child.stdout.on('data', (text) => {
    ended.out += text
    onOut(() => child.kill('SIGTERM'))
  })
  child.stderr.on('data', (text) => {
    ended.err += text
  })
  return new Promise((resolve) => child.on('close', (code) => resolve({ ...ended, code })))
}

describe('the process', () => {
  it('refuses to start beside a real token, with one line', async () => {
    const ended = await run({ BOT_TOKEN: '700001:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw', EMULATOR_PORT: '0' })
    expect(ended).toEqual({
      code: 1,
      out: '',
      err: 'BOT_TOKEN is a real token: the stand-in for Telegram starts only with a demo token, <id>:DEMO_…\n',
    })
  })

  it('says where it listens, and stops on SIGTERM', async () => {
    const ended = await run({ BOT_TOKEN: '700001:DEMO_x', EMULATOR_PORT: '0' }, (kill) => kill())
    expect(ended.code).toBe(0)
    expect(ended.out).toMatch(/^emulator ready http:\/\/127\.0\.0\.1:\d+\n$/)
    expect(ended.err).toBe('')
  })

  it('says which port is taken', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = typeof address === 'object' ? String(address?.port) : ''
    const ended = await run({ BOT_TOKEN: '700001:DEMO_x', EMULATOR_PORT: port })
    server.close()
    expect([ended.code, ended.err]).toEqual([1, `port ${port} is taken: set EMULATOR_PORT to a free one\n`])
  })
})

describe('createEmulator', () => {
  it('answers without listening', async () => {
    const bot = { id: 700_001, username: 'stage_bot', first_name: 'Stage' }
    const { app, stop } = createEmulator({ token: '700001:DEMO_x', bot })
    const answer = await app.request('/bot700001:DEMO_x/getMe')
    expect(await answer.json()).toMatchObject({ ok: true, result: { username: 'stage_bot', is_bot: true } })
    expect((await app.request('/emulator/api/nothing')).status).toBe(404)
    await stop()
  })
})
