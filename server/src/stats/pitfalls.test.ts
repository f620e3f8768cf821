import { expect, it } from 'vitest'
import { noon, onStage } from '../testing/stage.ts'
import { rollUp } from '../testing/stats.ts'

/*
 * Wrong numbers that users of analytics products and of bot panels report again and again, each as the question that
 * shows it. Now is Wednesday, 13 May 2026, 12:00 UTC.
 */

let serial = 0
/** An event of person `userId` at a time of May 2026 in UTC, as `13 10:00`. */
function on(time: string, userId: number, type: string, props?: object) {
  const [day, clock] = time.split(' ')
  serial += 1
  return { id: `${serial}`, userId, type, at: `2026-05-${day}T${clock}:00Z`, ...(props && { props }) }
}

const paid = (chargeId: string, amount: number) => ({
  packageId: 'pkg_10',
  amount,
  currency: 'XTR',
  chargeId,
})
const buying = [{ event: 'store_viewed' }, { event: 'payment_completed' }]

onStage('known mistakes of others', (stage) => {
  type Events = ReturnType<typeof on>[]
  async function told(events: Events) {
    const { body } = await stage.post({ events })
    expect(body.rejected).toEqual([])
    await rollUp(stage.db, noon)
    const token = await stage.signIn()
    const answered = async (method: string, path: string, body?: object) => {
      const answer = await stage.request(method, `/api/stats/${path}`, { token, body })
      expect([path, answer.status]).toEqual([path, 200])
      return answer.body
    }
    return {
      get: (path: string) => answered('GET', path),
      ask: (stat: string, question: object) => answered('POST', stat, question),
    }
  }

  it('does not cut later steps at the end of the range', async () => {
    const { ask } = await told([
      on('10 23:00', 1, 'store_viewed'),
      on('11 01:00', 1, 'payment_completed', paid('a', 5)),
    ])
    const funnel = await ask('funnel', { from: '2026-05-10', to: '2026-05-10', steps: buying })
    expect(funnel.conversion).toMatchObject({ users: 1, rate: 1 })
  })

  it('does not call those lost whose window is still open', async () => {
    const { ask } = await told([on('12 09:00', 1, 'store_viewed'), on('01 09:00', 2, 'store_viewed')])
    const funnel = await ask('funnel', { from: '2026-05-01', to: '2026-05-13', steps: buying })
    expect(funnel.steps[1]).toMatchObject({ users: 0, lost: 1, open: 1 })
  })

  it('measures the window from the first step, and never takes longer than it', async () => {
    const { ask } = await told([
      on('10 13:00', 1, 'started'),
      on('10 13:30', 1, 'started'),
      on('10 13:45', 1, 'store_viewed'),
      on('10 14:31', 1, 'share_clicked'),
    ])
    const steps = ['started', 'store_viewed', 'share_clicked'].map((event) => ({ event }))
    const question = { from: '2026-05-10', to: '2026-05-10', steps, window: { value: 1, unit: 'hour' } }
    const funnel = await ask('funnel', question)
    expect(funnel.steps.map(({ users }: { users: number }) => users)).toEqual([1, 1, 0])
    expect(funnel.steps[1].medianSeconds).toBe(45 * 60)
  })

  it('needs two events for two equal steps', async () => {
    const { ask } = await told([
      on('10 10:00', 1, 'share_clicked'),
      on('10 10:00', 2, 'share_clicked'),
      on('11 10:00', 2, 'share_clicked'),
    ])
    const steps = [{ event: 'share_clicked' }, { event: 'share_clicked' }]
    const funnel = await ask('funnel', { from: '2026-05-10', to: '2026-05-13', steps })
    expect(funnel.conversion.users).toBe(1)
  })

  it('lets the trend of a funnel agree with its steps, and converts nobody twice', async () => {
    const { ask } = await told([
      on('10 10:00', 1, 'store_viewed'),
      on('10 11:00', 1, 'store_viewed'),
      on('10 12:00', 1, 'payment_completed', paid('a', 5)),
      on('10 13:00', 1, 'payment_completed', paid('b', 5)),
      on('11 10:00', 2, 'store_viewed'),
    ])
    const question = { from: '2026-05-10', to: '2026-05-11', steps: buying }
    const { steps } = await ask('funnel', question)
    const { points } = await ask('funnel', { ...question, report: 'trend' })
    expect(
      points.map(({ entered, converted, rate }: Record<string, number>) => [entered, converted, rate]),
    ).toEqual([
      [1, 1, 1],
      [1, 0, 0],
    ])
    expect(steps.map(({ users }: { users: number }) => users)).toEqual([2, 1])
  })

  it('keeps an old user old when the range moves', async () => {
    const { ask } = await told([
      on('01 10:00', 1, 'started'),
      on('11 10:00', 1, 'started'),
      on('11 10:00', 2, 'started'),
    ])
    const retention = await ask('retention', { from: '2026-05-11', period: 'day', cohorts: 1, periods: 2 })
    expect(retention.cohorts[0].size).toBe(1)
  })

  it('pools cohorts by their size and leaves unfinished cells out', async () => {
    const early = [1, 2, 3, 4].map((userId) => on('09 10:00', userId, 'started'))
    const { ask } = await told([
      ...early,
      on('10 10:00', 1, 'started'),
      on('11 10:00', 5, 'started'),
      on('12 10:00', 5, 'started'),
      on('12 10:00', 6, 'started'),
    ])
    const retention = await ask('retention', { from: '2026-05-09', period: 'day', cohorts: 4, periods: 2 })
    // 1 of 4, then none of none, 1 of 1; what began on the 12th has its day 1 still running.
    expect(retention.overall[1]).toEqual({ users: 2, size: 5, rate: 0.4 })
    expect(retention.cohorts[3].cells[1]).toEqual({ users: 0, rate: 0, complete: false })
    expect(retention.cohorts[1]).toMatchObject({ size: 0, cells: [{ rate: null }, { rate: null }] })
  })

  it('shows every column of a table, however few rows it has', async () => {
    const { ask } = await told([on('01 10:00', 1, 'started'), on('12 10:00', 1, 'started')])
    const retention = await ask('retention', { from: '2026-05-01', period: 'day', cohorts: 1, periods: 12 })
    expect(retention.cohorts[0].cells).toHaveLength(12)
    expect(retention.cohorts[0].cells[11]).toEqual({ users: 1, rate: 1, complete: true })
  })

  it('counts an empty day as nobody retained', async () => {
    const { ask } = await told([on('10 10:00', 1, 'started')])
    const retention = await ask('retention', { from: '2026-05-10', period: 'day', cohorts: 1, periods: 3 })
    expect(retention.cohorts[0].cells.map(({ users }: { users: number }) => users)).toEqual([1, 0, 0])
  })

  it('begins weeks on one day in every stat', async () => {
    // 10 May 2026 is a Sunday.
    const { ask } = await told([on('10 10:00', 1, 'started'), on('11 10:00', 1, 'started')])
    const weeks = { from: '2026-05-10', to: '2026-05-12', interval: 'week' }
    for (const [weekStart, starts] of [
      ['monday', ['2026-05-04', '2026-05-11']],
      ['sunday', ['2026-05-10']],
    ] as const) {
      const started = (rows: { start: string }[]) => rows.map(({ start }) => start)
      const trend = await ask('trend', { ...weeks, weekStart, event: { event: 'started' }, measure: 'users' })
      expect(started(trend.points)).toEqual(starts)
      const table = { from: '2026-05-10', period: 'week', cohorts: starts.length, periods: 1, weekStart }
      expect(started((await ask('retention', table)).cohorts)).toEqual(starts)
      expect(started((await ask('lifecycle', { ...weeks, weekStart })).points)).toEqual(starts)
    }
  })

  it('counts distinct people of a whole range once, not the sum of its days', async () => {
    const { ask, get } = await told([on('10 10:00', 1, 'started'), on('11 10:00', 1, 'started')])
    const range = { from: '2026-05-10', to: '2026-05-11' }
    const trend = await ask('trend', { ...range, interval: 'day', event: { event: null }, measure: 'users' })
    expect([trend.total, ...trend.points.map(({ value }: { value: number }) => value)]).toEqual([1, 1, 1])
    const overview = await get(`overview?from=${range.from}&to=${range.to}`)
    expect(overview.current.active).toBe(1)
  })

  it('compares a running day with the same part of the day before', async () => {
    const { get } = await told([
      on('12 10:00', 1, 'started'),
      on('12 18:00', 2, 'started'),
      on('13 10:00', 1, 'started'),
    ])
    const overview = await get('overview?from=2026-05-13&to=2026-05-13')
    expect([overview.current.active, overview.previous.active]).toEqual([1, 1])
  })

  it('tells no previous period from an empty one', async () => {
    const { get } = await told([on('10 10:00', 1, 'started'), on('12 10:00', 1, 'started')])
    expect((await get('overview?from=2026-05-12&to=2026-05-12')).previous).toMatchObject({ active: 0 })
    expect((await get('overview?from=2026-05-10&to=2026-05-10')).previous).toBe(null)
  })

  it('nets refunds at their date and keeps the payer', async () => {
    const { get } = await told([
      on('10 10:00', 1, 'payment_completed', paid('a', 50)),
      on('12 10:00', 1, 'payment_refunded', { chargeId: 'a' }),
    ])
    const whole = await get('overview?from=2026-05-09&to=2026-05-12')
    expect(whole.current).toMatchObject({ payers: 1, net: { amount: 0, currency: 'XTR' } })
    const later = await get('overview?from=2026-05-12&to=2026-05-12')
    expect(later.current).toMatchObject({ payers: 0, net: { amount: -50, currency: 'XTR' } })
  })

  it('lists exactly the people it counts', async () => {
    const { ask } = await told([
      on('10 10:00', 1, 'store_viewed'),
      on('10 10:00', 2, 'store_viewed'),
      on('10 11:00', 2, 'payment_completed', paid('a', 5)),
    ])
    const question = { from: '2026-05-10', to: '2026-05-10', steps: buying }
    const ids = async (cell: object) =>
      (await ask('funnel/people', { ...question, ...cell })).users.map(({ id }: { id: number }) => id).sort()
    expect(await ids({ step: 0 })).toEqual([1, 2])
    expect(await ids({ step: 1 })).toEqual([2])
    expect(await ids({ step: 1, which: 'open' })).toEqual([1])
  })

  it('does not let what the bot sends keep a person active', async () => {
    const { get, ask } = await told([on('10 10:00', 1, 'started'), on('12 10:00', 1, 'message_sent')])
    const { points } = await get('activity?from=2026-05-10&to=2026-05-12')
    expect(points.map(({ dau }: { dau: number }) => dau)).toEqual([1, 0, 0])
    const sessions = await ask('sessions', { from: '2026-05-10', to: '2026-05-12' })
    expect(sessions.sessions).toBe(1)
  })
})
