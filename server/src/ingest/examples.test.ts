import { spawn, spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createIngestKey } from '@botdeck/shared/actions/ingest-keys'
import { readEnvironment } from '@botdeck/shared/config/environment'
import { openDb } from '@botdeck/shared/db/open'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type RunningServer, startServer } from '../server.ts'

/*
 * The examples of docs/ingest.md, run against a real server behind a bad line: the answer to the first request is lost, the
 * second request is refused. What they send must be stored once.
 */

const examples = fileURLToPath(new URL('../../../docs/examples/', import.meta.url))

let folder: string
let server: RunningServer
let line: Server
let requests: number
let environment: NodeJS.ProcessEnv

/** What comes on the bad line, by the number of the request. */
const mishaps = new Map([
  [1, { status: 503, headers: {}, forward: true }],
  [2, { status: 429, headers: { 'retry-after': '1' }, forward: false }],
])

async function startLine(): Promise<string> {
  line = createServer(async (request, response) => {
    requests += 1
    const mishap = mishaps.get(requests)
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(Buffer.from(chunk))
    if (mishap && !mishap.forward) {
      response.writeHead(mishap.status, mishap.headers).end()
      return
    }
    const answer = await fetch(`${server.url}${request.url}`, {
      method: 'POST',
      headers: { authorization: request.headers.authorization ?? '', 'content-type': 'application/json' },
      body: Buffer.concat(chunks),
    })
    const text = await answer.text()
    if (mishap) response.writeHead(mishap.status, mishap.headers).end()
    else response.writeHead(answer.status, { 'content-type': 'application/json' }).end(text)
  })
  await new Promise<void>((resolve) => line.listen(0, '127.0.0.1', resolve))
  const address = line.address()
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'botdeck-examples-'))
  const url = `file://${join(folder, 'test.db')}`
  server = await startServer(
    readEnvironment({ DATABASE_URL: url, PORT: '0', HOST: '127.0.0.1' }),
    pino({ level: 'silent' }),
  )
  const db = openDb(url)
  const key = await db.transaction((tx) => createIngestKey(tx, 'examples', 0))
  await db.close()
  environment = { ...process.env, BOTDECK_URL: await startLine(), BOTDECK_KEY: key }
})
beforeEach(() => {
  requests = 0
})
afterAll(async () => {
  line.closeAllConnections()
  line.close()
  await server.stop()
  await rm(folder, { recursive: true, force: true })
})

const isHere = (command: string, ...version: string[]) => spawnSync(command, version).status === 0

/** Runs an example and answers what it printed; fails with what it complained of. */
function run(command: string, ...words: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, words, { cwd: examples, env: environment })
    const said = { out: '', err: '' }
    child.stdout.on('data', (text) => (said.out += text))
    child.stderr.on('data', (text) => (said.err += text))
    child.on('error', reject)
    child.on('close', (code) =>
      code === 0 ? resolve(said.out) : reject(new Error(`${command} ended with ${code}: ${said.err}`)),
    )
  })
}

const longest = { timeout: 180_000 }
const runs = [
  { language: 'Python', command: 'python3', version: '--version', words: ['ingest.py'] },
  { language: 'PHP', command: 'php', version: '--version', words: ['ingest.php'] },
  { language: 'Go', command: 'go', version: 'version', words: ['run', 'ingest.go'] },
] as const

describe('the examples of the guide', () => {
  it('stand in it as they are run', async () => {
    const guide = await readFile(join(examples, '../ingest.md'), 'utf8')
    for (const name of ['ingest.py', 'ingest.php', 'ingest.go', 'ingest.sh'])
      expect(guide).toContain(await readFile(join(examples, name), 'utf8'))
  })

  for (const { language, command, version, words } of runs)
    it.skipIf(!isHere(command, version))(`in ${language} store everything once`, longest, async () => {
      expect(await run(command, ...words)).toBe('202 accepted, 1000 duplicates\n')
      expect(requests).toBe(4)
      expect(await run(command, ...words)).toBe('0 accepted, 1202 duplicates\n')
    })

  it.skipIf(!isHere('curl', '--version'))('with curl store everything once', longest, async () => {
    expect(JSON.parse(await run('sh', 'ingest.sh'))).toEqual({ accepted: 0, duplicates: 3, rejected: [] })
    expect(requests).toBe(3)
  })
})
