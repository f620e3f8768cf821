import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const startLimitMs = 240_000

/** The admin whom the demo knows. */
export const adminId = 1000

export interface Demo {
  /** The chat page, as `npm start` prints it. */
  chatUrl: string
  serverUrl: string
  databaseUrl: string
  /** Ends every process of the demo. */
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

/** Resolves with the address of the line that says the demo is ready; rejects with what it said when it ends before. */
function readyLine(child: ChildProcess): Promise<string> {
  const said: string[] = []
  return new Promise((resolve, reject) => {
    const late = setTimeout(
      () => reject(new Error(`the demo is not ready:\n${said.join('\n')}`)),
      startLimitMs,
    )
    const read = (line: string) => {
      said.push(line)
      const address = /ready: (http\S+)/.exec(line)?.[1]
      if (address === undefined) return
      clearTimeout(late)
      resolve(address)
    }
    for (const stream of [child.stdout, child.stderr])
      if (stream) createInterface({ input: stream }).on('line', read)
    child.once('exit', (code) => {
      clearTimeout(late)
      reject(new Error(`the demo ended with ${code}:\n${said.join('\n')}`))
    })
  })
}

/** Starts the whole demo as a newcomer does, with its own database and ports and a short list of people. */
export async function startDemo(databaseUrl?: string): Promise<Demo> {
  const folder = await mkdtemp(join(tmpdir(), 'botdeck-demo-'))
  const url = databaseUrl ?? `file:${join(folder, 'demo.db')}`
  const serverPort = await freePort()
  const env = {
    ...process.env,
    DATABASE_URL: url,
    EMULATOR_STATE: join(folder, 'chats.json'),
    PORT: String(serverPort),
    EMULATOR_PORT: String(await freePort()),
  }
  const args = ['server/src/cli/main.ts', 'demo', '--people', '60', '--seed', 'first-run']
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const chatUrl = await readyLine(child)
  return {
    chatUrl,
    serverUrl: `http://127.0.0.1:${serverPort}`,
    databaseUrl: url,
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}
