import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterEach, beforeEach, describe, inject } from 'vitest'
import { prepareTables } from '#actions/prepare'
import type { Db } from '#db/db'
import { openDb } from '#db/open'
import { templateName } from './postgres-server.ts'

export interface TestDb {
  /** A prepared database of this test alone. */
  readonly db: Db
  /** Its `DATABASE_URL`, for processes and threads that open it themselves. */
  readonly url: string
}

export interface Opened {
  url: string
  drop(): Promise<void>
}

async function newSqlite(): Promise<Opened> {
  const folder = await mkdtemp(join(tmpdir(), 'botdeck-'))
  return {
    url: `file://${join(folder, 'test.db')}`,
    drop: () => rm(folder, { recursive: true, force: true }),
  }
}

/** A new copy of the prepared database on the PostgreSQL of this run. */
export async function newPostgres(): Promise<Opened> {
  const server = inject('postgresUrl')
  const name = `test_${randomBytes(8).toString('hex')}`
  const admin = postgres(`${server}/postgres`, { max: 1, onnotice: () => {} })
  await admin.unsafe(`create database ${name} template ${templateName}`)
  const drop = async () => {
    await admin.unsafe(`drop database if exists ${name} with (force)`)
    await admin.end()
  }
  return { url: `${server}/${name}`, drop }
}

/**
 * Runs a suite on a real SQLite file and on a real PostgreSQL. Each test has a prepared database of its own, closed and
 * dropped after it.
 */
export function onBothEngines(name: string, suite: (test: TestDb) => void): void {
  describe.each([
    { engine: 'SQLite', open: newSqlite },
    { engine: 'PostgreSQL', open: newPostgres },
  ])(`${name} on $engine`, ({ open }) => {
    let opened: Opened
    let current: Db

    beforeEach(async () => {
      opened = await open()
      current = openDb(opened.url)
      await prepareTables(current, 0)
    })

    afterEach(async () => {
      await current.close()
      await opened.drop()
    })

    suite({
      get db() {
        return current
      },
      get url() {
        return opened.url
      },
    })
  })
}
