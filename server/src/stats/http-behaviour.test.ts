import { Heatmap } from '@botdeck/shared/contract/stats/heatmap'
import { Lifecycle } from '@botdeck/shared/contract/stats/lifecycle'
import { Paths } from '@botdeck/shared/contract/stats/paths'
import { Sessions } from '@botdeck/shared/contract/stats/sessions'
import { Stickiness } from '@botdeck/shared/contract/stats/stickiness'
import { Trend } from '@botdeck/shared/contract/stats/trend'
import { UserPage } from '@botdeck/shared/contract/users'
import { expect, it } from 'vitest'
import { noon, onStage } from '../testing/stage.ts'
import { rollUp } from '../testing/stats.ts'

const range = { from: '2026-05-11', to: '2026-05-13' }
const query = 'from=2026-05-11&to=2026-05-13'
const started = { event: 'started' }
const trend = { ...range, event: started, measure: 'users' }
const breakdown = { scope: 'event', key: 'payload' }

/** The last first, as a sender may tell it. */
const events = [
  { id: 'c', userId: 7, type: 'level_up', at: '2026-05-13T09:10:00Z', props: { level: '2.5' } },
  { id: 'b', userId: 8, type: 'started', at: '2026-05-12T09:00:00Z', props: { payload: 'news' } },
  { id: 'a', userId: 7, type: 'started', at: '2026-05-11T09:00:00Z' },
  { id: 'd', userId: 7, type: 'level_up', at: '2026-05-13T09:00:00Z', props: { level: 4 } },
]

onStage('behaviour over HTTP', (stage) => {
  async function tell(): Promise<string> {
    const { body } = await stage.post({ events })
    expect(body).toEqual({ accepted: 4, duplicates: 0, rejected: [] })
    await rollUp(stage.db, noon)
    return stage.signIn()
  }

  it('is what the contract says', async () => {
    const token = await tell()
    const questions = [
      [Trend, 'POST', 'trend', { ...trend, breakdown }],
      [UserPage, 'POST', 'trend/people', { ...trend, breakdown, breakdownValue: null, start: '2026-05-11' }],
      [Stickiness, 'POST', 'stickiness', range],
      [UserPage, 'POST', 'stickiness/people', { ...range, periods: 2, which: 'atLeast' }],
      [Lifecycle, 'POST', 'lifecycle', range],
      [UserPage, 'POST', 'lifecycle/people', { ...range, start: '2026-05-12', which: 'dormant' }],
      [Sessions, 'POST', 'sessions', range],
      [UserPage, 'POST', 'sessions/people', { ...range, start: '2026-05-13' }],
      [Heatmap, 'GET', `heatmap?${query}`],
      [UserPage, 'GET', `heatmap/people?${query}&weekday=3&hour=9`],
      [Paths, 'POST', 'paths', { ...range, event: started }],
      [UserPage, 'POST', 'paths/people', { ...range, event: started, path: ['level_up'] }],
    ] as const
    for (const [schema, method, path, body] of questions) {
      const answer = await stage.request(method, `/api/stats/${path}`, { token, body })
      expect([path, answer.status]).toEqual([path, 200])
      expect(schema.parse(answer.body)).toEqual(answer.body)
      if (schema === UserPage) expect([path, answer.body.total]).toEqual([path, 1])
    }
  })

  it('counts what the events say', async () => {
    const token = await tell()
    const post = async (path: string, body: object) =>
      (await stage.request('POST', `/api/stats/${path}`, { token, body })).body
    const average = { ...range, event: { event: 'level_up' }, measure: 'average', property: 'level' }
    expect(await post('trend', average)).toMatchObject({ total: 3.25 })
    const byPayload = await post('trend', { ...trend, breakdown })
    expect(byPayload.breakdown).toMatchObject([
      { value: 'news', total: 1 },
      { value: null, total: 1 },
    ])
    const { points } = await post('lifecycle', range)
    expect(points.map(({ pulse }: { pulse: number | null }) => pulse)).toEqual([null, 1, 1])
    expect(await post('sessions', range)).toMatchObject({ sessions: 3, users: 2, averageSeconds: 200 })
    const places = (await post('paths', { ...range, event: started })).places
    expect(places.map(({ path, paths }: { path: string[]; paths: number }) => [...path, paths])).toEqual([
      [2],
      ['level_up', 1],
      ['level_up', 'level_up', 1],
    ])
  })

  it('refuses with the field at fault', async () => {
    const token = await tell()
    const faults = [
      ['trend', { ...trend, measure: 'sum' }, 'property'],
      ['trend', { ...range, measure: 'most' }, 'measure'],
      ['trend', { ...trend, breakdown: { ...breakdown, limit: 0 } }, 'breakdown.limit'],
      ['trend', { ...trend, colour: 'red' }, 'colour'],
      ['trend', { ...trend, event: { event: [] } }, 'event.event'],
      ['trend/people', { ...trend, start: '2026-05-01' }, 'start'],
      ['stickiness', { ...range, interval: 'decade' }, 'interval'],
      ['stickiness/people', { ...range, periods: 0 }, 'periods'],
      ['lifecycle', { from: range.to, to: range.from }, 'to'],
      ['lifecycle/people', { ...range, start: '2026-05-12', which: 'gone' }, 'which'],
      ['sessions', { ...range, gapMinutes: -1 }, 'gapMinutes'],
      ['paths', range, 'event'],
      ['paths', { ...range, event: started, depth: 11 }, 'depth'],
    ] as const
    for (const [path, body, field] of faults) {
      const answer = await stage.request('POST', `/api/stats/${path}`, { token, body })
      expect([path, answer.status, answer.body.error?.field]).toEqual([path, 422, field])
    }
    const hour = await stage.request('GET', `/api/stats/heatmap/people?${query}&weekday=8&hour=9`, { token })
    expect([hour.status, hour.body.error?.field]).toEqual([422, 'weekday'])
  })
})
