import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const entry = join(import.meta.dirname, 'history.ts')
const run = promisify(execFile)

describe('history', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'botdeck-history-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  const history = (...args: string[]) =>
    run(
      process.execPath,
      [entry, '--people', '12', '--days', '20', '--until', '2026-03-01T12:00:00Z', ...args],
      {
        env: { ...process.env, DATABASE_URL: join(folder, 'history.db') },
      },
    )
  const last = (stdout: string): unknown => JSON.parse(stdout.trim().split('\n').at(-1) ?? '')

  it('tells how far it is and what it wrote, and adds to a database only when told to', async () => {
    const { stdout } = await history()
    const lines = stdout
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line))
    expect(lines).toContainEqual({ done: 12, total: 12 })
    expect(last(stdout)).toMatchObject({
      people: 12,
      events: expect.any(Number),
      seconds: expect.any(Number),
    })
    const refused = history()
    await expect(refused).rejects.toMatchObject({
      code: 1,
      stderr: 'the database has 12 people already: choose another, or add to it with --append\n',
    })
    expect(last((await history('--append')).stdout)).toMatchObject({ people: 12 })
  })

  it('refuses what it does not understand', async () => {
    await expect(history('--people', 'many')).rejects.toMatchObject({ code: 1 })
    expect((await history('--help')).stdout).toContain('--append')
  })
})
