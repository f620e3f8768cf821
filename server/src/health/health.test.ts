import { receiveUpdates } from '@botdeck/shared/actions/inbox'
import { recordJob } from '@botdeck/shared/actions/job-runs'
import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { noon, onStage } from '../testing/stage.ts'
import { rollUp } from '../testing/stats.ts'

const hourMs = 3_600_000
const hour = (back: number) => new Date(noon - back * hourMs).toISOString()

onStage('GET /api/stats/health', (stage) => {
  const ask = async (path = '/api/stats/health') => {
    const token = await stage.signIn('analyst')
    return stage.request('GET', path, { token })
  }

  it('tells how far the roll-up is behind', async () => {
    await stage.post({ events: [{ userId: 1, type: 'started', at: '2026-05-13T11:00:00Z' }] })
    await rollUp(stage.db, noon)
    const { status, body } = await ask()
    expect(status).toBe(200)
    const { watermark } = body.rollup
    expect(body.rollup).toEqual({
      state: null,
      behind: 0,
      lagMs: 0,
      watermark: expect.any(Number),
      unsealed: expect.any(Number),
      failure: null,
    })
    await stage.post({ events: [{ userId: 1, type: 'started', at: '2026-05-13T11:30:00Z' }] })
    stage.now = noon + 5000
    expect((await ask()).body.rollup).toMatchObject({ behind: 1, lagMs: 5000, watermark })
  })

  it('tells of jobs and of errors by the hour', async () => {
    const clock = (at: number) => () => at
    await recordJob(stage.db, 'prune-inbox', async () => 'first', clock(noon - 3 * hourMs))
    await recordJob(stage.db, 'prune-inbox', async () => 'second', clock(noon - hourMs))
    const failing = recordJob(
      stage.db,
      'expire-invoices',
      async () => {
        throw new Error('the database is away')
      },
      clock(noon - 2 * hourMs),
    )
    await expect(failing).rejects.toThrow('away')
    await receiveUpdates(stage.db, [{ updateId: 1, chatId: null, update: {} }], noon - 2 * hourMs + 1)
    const { inbox } = stage.db.t
    await stage.db.transaction(async (tx) => {
      await tx.orm.update(inbox).set({ error: 'no answer' }).where(eq(inbox.updateId, 1))
    })
    const { body } = await ask()
    expect(body.jobs).toEqual([
      {
        job: 'expire-invoices',
        startedAt: hour(2),
        finishedAt: hour(2),
        error: 'the database is away',
        note: null,
      },
      { job: 'prune-inbox', startedAt: hour(1), finishedAt: hour(1), error: null, note: 'second' },
    ])
    expect(body.errors.length).toBe(24)
    expect(body.errors[23].startsAt).toBe(hour(0))
    expect(body.errors[21]).toEqual({ startsAt: hour(2), requests: 0, timeouts: 0, jobs: 1, updates: 1 })
  })

  it('tells of payments that failed in the last 24 hours, and whose they were', async () => {
    const failed = (userId: number, at: string, reason: string) => ({
      id: `${userId} ${at}`,
      userId,
      type: 'payment_failed',
      at,
      props: { packageId: 'pkg_10', reason },
    })
    await stage.post({
      users: [{ id: 9, test: true }],
      events: [
        failed(1, '2026-05-13T11:00:00Z', 'package_gone'),
        failed(1, '2026-05-13T10:00:00Z', 'package_gone'),
        failed(2, '2026-05-13T09:00:00Z', 'other_price'),
        failed(3, '2026-05-12T11:00:00Z', 'package_gone'),
        failed(9, '2026-05-13T11:00:00Z', 'package_gone'),
      ],
    })
    await rollUp(stage.db, noon)
    const { body } = await ask()
    expect(body.paymentFailures).toEqual({
      count: 3,
      users: 2,
      reasons: [
        { method: 'stars', reason: 'package_gone', count: 2 },
        { method: 'stars', reason: 'other_price', count: 1 },
      ],
    })
    const people = await ask('/api/stats/health/people?cell=paymentFailures')
    expect(people.body.total).toBe(2)
    expect(people.body.users.map(({ id }: { id: number }) => id)).toEqual([1, 2])
  })

  it('tells of the database and of the process', async () => {
    const { body } = await ask()
    expect(body.startedAt).toBe(new Date(noon).toISOString())
    expect(body.database.engine).toBe(stage.db.engine)
    expect(body.database.bytes).toBeGreaterThan(100_000)
    expect(body.liveStreams).toBe(0)
    expect(body.slowStatements).toEqual(expect.any(Array))
  })
})
