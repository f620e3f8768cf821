import { Activity } from '@botdeck/shared/contract/stats/activity'
import { Cohorts } from '@botdeck/shared/contract/stats/cohorts'
import { Funnel, FunnelTrend } from '@botdeck/shared/contract/stats/funnel'
import { Overview } from '@botdeck/shared/contract/stats/overview'
import { Packages } from '@botdeck/shared/contract/stats/packages'
import { Retention } from '@botdeck/shared/contract/stats/retention'
import { UserPage } from '@botdeck/shared/contract/users'
import { expect, it } from 'vitest'
import { noon, onStage } from '../testing/stage.ts'
import { rollUp } from '../testing/stats.ts'

const days = 'from=2026-05-12&to=2026-05-13'
const matrix = { from: '2026-05-11', period: 'day', cohorts: 3, periods: 3 }
const steps = [{ event: 'started' }, { event: 'payment_completed' }]
const funnel = { from: '2026-05-11', to: '2026-05-13', steps }
const table = 'from=2026-05-11&cohorts=3&periods=3'
const order = { packageId: 'pkg_10', amount: 50, currency: 'XTR' }

/** The last first: what happened on 11 to 13 May, as a sender tells it. */
const events = [
  { id: 'r', userId: 7, type: 'payment_refunded', at: '2026-05-13T11:00:00Z', props: { chargeId: 'c' } },
  {
    id: 'p',
    userId: 7,
    type: 'payment_completed',
    at: '2026-05-12T11:00:00Z',
    props: { ...order, chargeId: 'c' },
  },
  { id: 'l', userId: 8, type: 'level_up', at: '2026-05-12T10:00:00Z', props: { level: 3 } },
  { id: 's', userId: 8, type: 'started', at: '2026-05-12T09:00:00Z' },
  { id: 's', userId: 7, type: 'started', at: '2026-05-11T09:00:00Z' },
]

onStage('stats over HTTP', (stage) => {
  async function tell(): Promise<string> {
    const { body } = await stage.post({ events })
    expect(body).toEqual({ accepted: 5, duplicates: 0, rejected: [] })
    await rollUp(stage.db, noon)
    return stage.signIn()
  }

  it('are what the contract says, from events in any order', async () => {
    const token = await tell()
    const questions = [
      [Overview, 'GET', `overview?${days}`],
      [Activity, 'GET', `activity?${days}`],
      [Retention, 'POST', 'retention', matrix],
      [Cohorts, 'GET', `cohorts?${table}`],
      [Packages, 'GET', `packages?${days}`],
      [Funnel, 'POST', 'funnel', funnel],
      [Funnel, 'POST', 'funnel', { ...funnel, breakdown: { scope: 'user', key: 'language' } }],
      [Funnel, 'POST', 'funnel', { ...funnel, order: 'strict', exclusions: [{ event: 'level_up' }] }],
      [FunnelTrend, 'POST', 'funnel', { ...funnel, report: 'trend', interval: 'hour' }],
      [UserPage, 'GET', `overview/people?${days}&cell=active`],
      [UserPage, 'GET', `activity/people?${days}&cell=wau&start=2026-05-13`],
      [UserPage, 'POST', 'retention/people', { ...matrix, cohort: 0, interval: 1 }],
      [UserPage, 'GET', `cohorts/people?${table}&cell=payers&start=2026-05-11&k=1`],
      [UserPage, 'GET', `packages/people?${days}&cell=buyers&packageId=pkg_10`],
      [UserPage, 'POST', 'funnel/people', { ...funnel, step: 1, which: 'reached' }],
      [UserPage, 'POST', 'funnel/people', { ...funnel, report: 'trend', start: '2026-05-11' }],
    ] as const
    for (const [schema, method, path, body] of questions) {
      const answer = await stage.request(method, `/api/stats/${path}`, { token, body })
      expect([path, answer.status]).toEqual([path, 200])
      expect(schema.parse(answer.body)).toEqual(answer.body)
    }
  })

  it('count what the events say', async () => {
    const token = await tell()
    const get = async (path: string) => (await stage.request('GET', `/api/stats/${path}`, { token })).body
    const overview = await get(`overview?${days}`)
    expect(overview.current).toMatchObject({ to: '2026-05-12', active: 2, payers: 1, newUsers: 1 })
    expect(overview.points.map((point: { net: { amount: number } }) => point.net.amount)).toEqual([50, -50])
    const cohorts = await get(`cohorts?${table}`)
    expect(cohorts.rows[0].cells.map((cell: { ltv: { amount: number } }) => cell.ltv.amount)).toEqual([
      0, 50, 0,
    ])
    const { body } = await stage.request('POST', '/api/stats/funnel', { token, body: funnel })
    expect(body.conversion).toMatchObject({ users: 1, rate: 0.5, medianSeconds: 93_600, open: 1 })
    const open = { ...funnel, step: 1, which: 'open' }
    const list = await stage.request('POST', '/api/stats/funnel/people', { token, body: open })
    expect(list.body.users.map((user: { id: number }) => user.id)).toEqual([8])
    const where = encodeURIComponent(JSON.stringify([{ scope: 'event', key: 'level', op: 'gt', value: '2' }]))
    const { points } = await get(`activity?${days}&where=${where}`)
    expect(points.map((point: { dau: number }) => point.dau)).toEqual([1, 0])
  })

  it('refuse with the field at fault what only a scan finds', async () => {
    const token = await tell()
    const where = encodeURIComponent(JSON.stringify([{ scope: 'event', key: 'level', op: 'is_set' }]))
    const faults = [
      [`cohorts?${table}&where=${where}`, 'where'],
      [`packages/people?${days}&cell=buyers&packageId=gone`, 'packageId'],
      [`activity/people?${days}&cell=dau&start=2026-05-01`, 'start'],
      ['overview?from=2026-05-13&to=2026-05-12', 'to'],
      ['overview?from=2020-05-13&to=2026-05-12', 'to'],
    ]
    for (const [path, field] of faults) {
      const { status, body } = await stage.request('GET', `/api/stats/${path}`, { token })
      expect([path, status, body.error?.code, body.error?.field]).toEqual([
        path,
        422,
        'invalid_params',
        field,
      ])
    }
  })
})
