import { LifecycleParams } from '@botdeck/shared/contract/stats/lifecycle'
import { PathsParams } from '@botdeck/shared/contract/stats/paths'
import { SessionsParams } from '@botdeck/shared/contract/stats/sessions'
import { StickinessParams } from '@botdeck/shared/contract/stats/stickiness'
import { TrendParams } from '@botdeck/shared/contract/stats/trend'
import type { Db } from '@botdeck/shared/db/db'
import { lifecycleStates } from '@botdeck/shared/domain/lifecycle'
import { onBothEngines } from '@botdeck/shared/testing/engines'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { resealAll, sealTail } from '../columns/seal.ts'
import { latestEvent } from '../rollup/store.ts'
import { historyNow as now, type RandomHistory, randomHistory, writeHistory } from '../testing/histories.ts'
import { ask, askPage, isFromCells } from '../testing/stats.ts'
import type { PeopleParams, StatName, StatParams } from './requests.ts'

const all = { from: '2026-03-08', to: '2026-04-20' }
const cut = { from: '2026-04-01T10:20', to: '2026-04-18T08:00' }
const viewed = { event: 'effect_viewed' }
const small = [{ scope: 'event' as const, key: 'number', op: 'lt' as const, value: 20 }]
const byNumber = { scope: 'event', key: 'number', limit: 4 }

const trends = {
  users: TrendParams.parse({ ...all, measure: 'users', interval: 'week', breakdown: byNumber }),
  events: TrendParams.parse({ ...cut, measure: 'events', breakdown: byNumber }),
  sums: TrendParams.parse({ ...all, event: viewed, measure: 'sum', property: 'number', breakdown: byNumber }),
  hours: TrendParams.parse({ ...cut, interval: 'hour', measure: 'average', property: 'number' }),
}
const stickinesses = {
  days: StickinessParams.parse(all),
  weeks: StickinessParams.parse({ ...cut, interval: 'week', event: viewed }),
}
const lifecycles = {
  days: LifecycleParams.parse(all),
  weeks: LifecycleParams.parse({ ...cut, interval: 'week', where: small }),
  months: LifecycleParams.parse({ ...all, interval: 'month' }),
}
const sessions = SessionsParams.parse({ ...cut, gapMinutes: 600 })
const paths = PathsParams.parse({ ...cut, event: viewed, depth: 3, branches: 2 })
const seeded = { numRuns: 3, seed: 20260421 }

/** Every question of this file and its answer, by its own text; cells must agree with scans on the way. */
async function answersOf(db: Db): Promise<Record<string, unknown>> {
  const answers: Record<string, unknown> = {}
  async function add<N extends StatName>(name: N, params: StatParams[N]): Promise<void> {
    answers[`${name} ${JSON.stringify(params)}`] = await ask(db, name, { params, now })
  }
  for (const audience of [{}, { includeStaff: true }]) {
    for (const params of Object.values(trends)) await add('trend', { ...params, ...audience })
    for (const params of Object.values(stickinesses)) await add('stickiness', { ...params, ...audience })
    for (const params of Object.values(lifecycles)) await add('lifecycle', { ...params, ...audience })
    await add('sessions', { ...sessions, ...audience })
    await add('paths', { ...paths, ...audience })
    for (const range of [all, cut]) await add('heatmap', { ...range, ...audience })
    await add('activity', { ...all, where: small, ...audience })
  }
  return answers
}

/** The answers on the engine that came first, by history. */
const known = new Map<string, unknown>()
const sum = <T>(rows: readonly T[], of: (row: T) => number) => rows.reduce((total, row) => total + of(row), 0)

interface Line {
  value?: string | null
  total: number
  points: { start: string; startsAt: string; value: number }[]
}

onBothEngines('behaviour in any history', (test) => {
  async function forEachHistory(work: (history: RandomHistory) => Promise<void>): Promise<void> {
    await fc.assert(fc.asyncProperty(randomHistory, work), seeded)
  }

  async function total<N extends StatName>(name: N, params: PeopleParams[N]): Promise<number> {
    return (await askPage(test.db, name, { params, now })).total
  }

  it('is the same in any order of arrival and on both engines', async () => {
    await forEachHistory(async (history) => {
      await writeHistory(test.db, history, 'arrival')
      const answers = await answersOf(test.db)
      expect(await isFromCells(test.db, 'heatmap', { params: all, now })).toBe(true)
      await writeHistory(test.db, history, 'time')
      expect(await answersOf(test.db)).toEqual(answers)
      const key = JSON.stringify(history)
      if (known.has(key)) expect(answers).toEqual(known.get(key))
      known.set(key, answers)
    })
  })

  it('is the same from rows, from columns, and from both', async () => {
    await forEachHistory(async (history) => {
      await writeHistory(test.db, history, 'arrival')
      const answers = await answersOf(test.db)
      await sealTail(test.db, (await latestEvent(test.db)) - 20)
      expect(await answersOf(test.db)).toEqual(answers)
      await resealAll(test.db)
      expect(await answersOf(test.db)).toEqual(answers)
    })
  })

  it('has parts that sum to the whole', async () => {
    await forEachHistory(async (history) => {
      await writeHistory(test.db, history, 'arrival')
      for (const params of [trends.events, trends.sums]) {
        const answer = await ask(test.db, 'trend', { params, now })
        const lines: Line[] = answer.breakdown
        expect(sum(answer.points as Line['points'], ({ value }) => value)).toBe(answer.total)
        expect(sum(lines, (line) => line.total)).toBe(answer.total)
        for (const [index, { value }] of answer.points.entries())
          expect(sum(lines, ({ points }) => points[index]?.value ?? 0)).toBe(value)
      }
      const { points } = await ask(test.db, 'lifecycle', { params: lifecycles.days, now })
      const active = await ask(test.db, 'activity', { params: all, now })
      for (const [index, point] of points.entries()) {
        expect(point.new + point.returning + point.resurrecting).toBe(active.points[index].dau)
        if (index > 0) expect(point.returning + point.dormant).toBe(active.points[index - 1].dau)
      }
      const { exactly, atLeast, totalUsers } = await ask(test.db, 'stickiness', {
        params: stickinesses.days,
        now,
      })
      expect(sum(exactly as { users: number }[], ({ users }) => users)).toBe(totalUsers)
      expect(atLeast[0].users).toBe(totalUsers)
      const whole = await ask(test.db, 'sessions', { params: sessions, now })
      expect(sum(whole.points as { sessions: number }[], (point) => point.sessions)).toBe(whole.sessions)
      const hours = await ask(test.db, 'heatmap', { params: all, now })
      const events = TrendParams.parse({ ...all, measure: 'events' })
      expect(hours.total).toBe((await ask(test.db, 'trend', { params: events, now })).total)
    })
  })

  it('counts as many people as it lists', async () => {
    await forEachHistory(async (history) => {
      await writeHistory(test.db, history, 'arrival')
      const users = trends.users
      const answer = await ask(test.db, 'trend', { params: users, now })
      expect(await total('trend', users)).toBe(answer.total)
      for (const line of answer.breakdown as Line[]) {
        const asked = line.value === undefined ? { other: true as const } : { breakdownValue: line.value }
        expect(await total('trend', { ...users, ...asked })).toBe(line.total)
        for (const { startsAt, value } of line.points.slice(-2))
          expect(await total('trend', { ...users, ...asked, start: startsAt })).toBe(value)
      }
      for (const params of [lifecycles.weeks, lifecycles.months]) {
        const { points } = await ask(test.db, 'lifecycle', { params, now })
        const { startsAt: start, ...states } = points.at(-1)
        for (const which of lifecycleStates)
          expect(await total('lifecycle', { ...params, start, which })).toBe(states[which])
      }
      const stuck = await ask(test.db, 'stickiness', { params: stickinesses.weeks, now })
      for (const which of ['exactly', 'atLeast'] as const)
        for (const { periods, users: counted } of stuck[which])
          expect(await total('stickiness', { ...stickinesses.weeks, periods, which })).toBe(counted)
      const cutUp = await ask(test.db, 'sessions', { params: sessions, now })
      expect(await total('sessions', sessions)).toBe(cutUp.users)
      const { startsAt: start, users: inPoint } = cutUp.points.at(-1)
      expect(await total('sessions', { ...sessions, start })).toBe(inPoint)
      const { places } = await ask(test.db, 'paths', { params: paths, now })
      for (const { path, users: passing, other } of places.slice(0, 4)) {
        expect(await total('paths', { ...paths, path })).toBe(passing)
        if (other) expect(await total('paths', { ...paths, path, next: 'other' })).toBe(other.users)
      }
    })
  })
})
