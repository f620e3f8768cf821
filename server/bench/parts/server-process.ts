import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { serverEnvironment, serverFlags } from '../../src/cli/children.ts'
import { botToken, initDataOf } from '../../src/testing/init-data.ts'

const command = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
const owner = { id: 42, first_name: 'Owner' }
const patienceMs = 60_000

/** The server as an installation runs it, in a process of its own. */
export interface ServerProcess {
  url: string
  /** From the start of the process until it said that it can serve. */
  readyMs: number
  /** A token of an owner's session. */
  token: string
  /** Memory that is its own: no files, no code. */
  anonymousBytes(): number
  stop(): Promise<void>
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

async function untilReady(url: string, process: ChildProcess): Promise<void> {
  const deadline = performance.now() + patienceMs
  while (performance.now() < deadline) {
    if (process.exitCode !== null) throw new Error(`the server ended with ${process.exitCode}`)
    const answer = await fetch(`${url}/readyz`).catch(() => undefined)
    if (answer?.ok) return
    await wait(10)
  }
  throw new Error('the server was not ready in time')
}

async function signIn(url: string): Promise<string> {
  const body = JSON.stringify({ initData: initDataOf(owner, Date.now()) })
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(`${url}/api/session`, { method: 'POST', headers, body })
  if (!answer.ok) throw new Error(`no session: ${answer.status} ${await answer.text()}`)
  // @NOTE The contract of the session route.
  return ((await answer.json()) as { token: string }).token
}

/** Starts the server on a database and signs in. */
export async function startServerProcess(database: string): Promise<ServerProcess> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const settings = {
    ...serverEnvironment,
    PATH: process.env.PATH,
    NODE_ENV: 'production',
    DATABASE_URL: database,
    BOT_TOKEN: botToken,
    ADMIN_IDS: String(owner.id),
    PORT: String(port),
    RATE_LIMIT: 'off',
    LOG_LEVEL: 'error',
  }
  const start = performance.now()
  const child = spawn(process.execPath, [...serverFlags, command, 'serve'], {
    env: settings,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  await untilReady(url, child)
  const readyMs = performance.now() - start
  return {
    url,
    readyMs,
    token: await signIn(url),
    anonymousBytes() {
      const text = readFileSync(`/proc/${child.pid}/smaps_rollup`, 'utf8')
      return Number(/^Anonymous:\s+(\d+) kB$/m.exec(text)?.[1] ?? Number.NaN) * 1024
    },
    async stop() {
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    },
  }
}
