import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { openDb } from '@botdeck/shared/db/open'
import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const program = fileURLToPath(new URL('./main.ts', import.meta.url))

/** The command line as people have it: a process of its own, in a folder of its own. */
describe('pnpm botdeck', () => {
  let folder: string
  let children: ChildProcess[]

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'botdeck-cli-'))
    children = []
  })

  afterEach(async () => {
    for (const child of children) if (child.exitCode === null) child.kill('SIGKILL')
    await rm(folder, { recursive: true, force: true })
  })

  function start(args: string[], env: Record<string, string> = {}): ChildProcess {
    const own = { PATH: process.env.PATH, HOME: folder, DATABASE_URL: 'file:data/test.db', ...env }
    const child = spawn(process.execPath, [program, ...args], { cwd: folder, env: own })
    children.push(child)
    return child
  }

  async function run(args: string[], env: Record<string, string> = {}) {
    const child = start(args, env)
    let out = ''
    let err = ''
    child.stdout?.on('data', (data) => (out += data))
    child.stderr?.on('data', (data) => (err += data))
    const code = await new Promise((resolve) => child.once('close', resolve))
    return { code, out, err: err.trim() }
  }

  /** A server on a free port, once it says where. */
  async function serve(env: Record<string, string> = {}): Promise<{ child: ChildProcess; url: string }> {
    const child = start(['serve'], { PORT: '0', ...env })
    if (!child.stdout) throw new Error('the child has no output')
    for await (const line of createInterface({ input: child.stdout })) {
      const url = /"url":"([^"]+)"/.exec(line)?.[1]
      if (url !== undefined) return { child, url }
    }
    throw new Error('the server ended before it listened')
  }

  it('explains itself and every command', async () => {
    const help = await run(['--help'])
    expect(help.code).toBe(0)
    for (const command of [
      'start',
      'serve',
      'bot',
      'migrate',
      'demo',
      'rebuild',
      'check',
      'admin',
      'ingest-key',
    ])
      expect(help.out).toContain(`\n  ${command}`)
    const inner = await run(['ingest-key', 'create', '--help'])
    expect([inner.code, inner.out.includes('Example:')]).toEqual([0, true])
  })

  it('ends with 2 where it is asked wrongly', async () => {
    const wrong = [
      ['nope'],
      ['admin', 'add', 'ann'],
      ['admin', 'add', '5', '--role', 'boss'],
      ['serve', '--loud'],
    ]
    const answers = await Promise.all([...wrong, ['ingest-key', 'create']].map((args) => run(args)))
    expect(answers.map(({ code }) => code)).toEqual([2, 2, 2, 2, 2])
  })

  it('ends with 1 and one line where a setting is missing or malformed', async () => {
    const failing: [args: string[], env: Record<string, string>, line: RegExp][] = [
      [['serve'], { PORT: 'eighty' }, /^PORT is malformed/],
      [['serve'], { REPORTING_TIMEZONE: 'Mars' }, /^REPORTING_TIMEZONE is malformed/],
      [['start'], {}, /^BOT_TOKEN is missing/],
      [['migrate'], { DATABASE_URL: 'mysql://x' }, /^DATABASE_URL is neither/],
      [
        ['check'],
        { DATABASE_URL: 'postgres://127.0.0.1:1/x' },
        /DATABASE_URL cannot be used: .*ECONNREFUSED/,
      ],
      [['admin', 'remove', '5'], {}, /^5 is no admin$/],
    ]
    for (const [args, env, line] of failing) {
      const { code, err } = await run(args, env)
      expect([args, code, line.test(err.split('\n').at(-1) ?? '')]).toEqual([args, 1, true])
      expect(err).not.toContain(' at ')
    }
  })

  it('refuses a database that is newer than the code', async () => {
    await run(['migrate'])
    const db = openDb(`file:${folder}/data/test.db`)
    await db.transaction(async (tx) => {
      await tx.run(sql`insert into applied_migrations (hash, applied_at) values ('from the future', 0)`)
    })
    await db.close()
    const { code, err } = await run(['serve'], { PORT: '0' })
    expect([code, err]).toEqual([1, expect.stringMatching(/^The database is newer than this version.*$/)])
  })

  it('keeps admins and keys: the key is the last word printed', async () => {
    expect((await run(['admin', 'add', '5', '--role', 'analyst'])).code).toBe(0)
    expect((await run(['admin', 'list'])).out).toBe('5\tanalyst\tby command line\n')
    const created = await run(['ingest-key', 'create', 'shop bot'])
    expect(created.out.trim().split(/\s+/).at(-1)).toMatch(/^bdk_[\w-]{32}$/)
    expect((await run(['ingest-key', 'revoke', 'shop bot'])).code).toBe(0)
    expect((await run(['ingest-key', 'revoke', 'shop bot'])).code).toBe(1)
    expect((await run(['ingest-key', 'list'])).out).toMatch(/^1\tshop bot\t.*\trevoked\n$/)
  })

  it('migrates twice, rebuilds and checks', async () => {
    expect((await run(['migrate'])).out).toMatch(/^Migrations applied: \d+\n$/)
    expect((await run(['migrate'])).out).toBe('The database is up to date\n')
    expect((await run(['rebuild'])).code).toBe(0)
    expect(await run(['check'])).toMatchObject({ code: 0, out: expect.stringContaining('All is well') })
  })

  it('serves without a token and without Telegram, and ends with 0 when told to', async () => {
    const { child, url } = await serve({ TELEGRAM_API_ROOT: 'http://127.0.0.1:1' })
    expect((await fetch(`${url}/readyz`)).status).toBe(200)
    const session = await fetch(`${url}/api/session`, { method: 'POST', body: '{"initData":"x"}' })
    expect(session.status).toBe(401)
    const exit = new Promise((resolve) => child.once('exit', (code) => resolve(code)))
    child.kill('SIGTERM')
    expect(await exit).toBe(0)
  })

  it('stores what it has accepted before it ends', async () => {
    const key = (await run(['ingest-key', 'create', 'test'])).out.trim().split(' ').at(-1)
    const { child, url } = await serve()
    const events = Array.from({ length: 1000 }, (_, i) => ({ id: `e${i}`, userId: 1, type: 'tick' }))
    const send = (prefix: number) =>
      fetch(`${url}/api/ingest`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}` },
        body: JSON.stringify({ events: events.map((event) => ({ ...event, userId: prefix })) }),
      })
    const first = await send(1)
    expect(await first.json()).toMatchObject({ accepted: 1000 })
    const exit = new Promise((resolve) => child.once('exit', (code) => resolve(code)))
    child.kill('SIGTERM')
    expect(await exit).toBe(0)
    const db = openDb(`file:${folder}/data/test.db`)
    expect(await db.orm.$count(db.t.events)).toBe(1000)
    await db.close()
    expect((await run(['check'])).code).toBe(0)
  })

  it('says which port is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => taken.once('listening', resolve))
    // @NOTE A listening TCP server has such an address.
    const { port } = taken.address() as AddressInfo
    const { code, err } = await run(['serve'], { PORT: String(port) })
    expect([code, err]).toEqual([1, `Port ${port} is taken: set PORT to a free one`])
    await new Promise((resolve) => taken.close(resolve))
  })
})
