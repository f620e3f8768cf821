import { FunnelParams } from '@botdeck/shared/contract/stats/funnel'
import { RetentionParams } from '@botdeck/shared/contract/stats/retention'
import type { Db } from '@botdeck/shared/db/db'
import { onBothEngines } from '@botdeck/shared/testing/engines'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { historyNow as now, type RandomHistory, randomHistory, writeHistory } from '../testing/histories.ts'
import { ask, askPage, isFromCells } from '../testing/stats.ts'
import type { PeopleParams, StatName, StatParams } from './requests.ts'

const started = { event: 'started' }
const viewed = { event: 'effect_viewed' }
const ranges = {
  today: { from: '2026-04-20', to: '2026-04-20' },
  sunday: { from: '2026-04-05', to: '2026-04-05' },
  week: { from: '2026-04-13', to: '2026-04-19' },
  month: { from: '2026-03-21', to: '2026-04-19' },
  running: { from: '2026-04-12', to: '2026-04-20' },
  ahead: { from: '2026-04-13', to: '2026-04-22' },
  cut: { from: '2026-04-17T10:20', to: '2026-04-18T08:00' },
  all: { from: '2026-03-08', to: '2026-04-20' },
}
const table = { from: '2026-03-08', cohorts: 20, periods: 12 }
const retentions = {
  day: { ...table, period: 'day' },
  week: { ...table, period: 'week', cohorts: 7, periods: 7 },
  month: { ...table, period: 'month', cohorts: 2, periods: 2 },
  hour: { ...table, period: 'hour', from: '2026-04-19T12:00', periods: 20 },
  later: { ...table, period: 'week', cohorts: 7, periods: 7, mode: 'on_or_after' },
  recurring: { ...table, period: 'week', cohorts: 7, periods: 7, start: 'recurring', startEvent: started },
}
const funnel = FunnelParams.parse({ ...ranges.all, steps: [started, viewed, { event: null }] })

const audiences = [{}, { includeStaff: true }]
const seeded = { numRuns: 2, seed: 20260420 }

/** Every question of this file and its answer, by its own text; cells must agree with scans on the way. */
async function answersOf(db: Db): Promise<Record<string, unknown>> {
  const answers: Record<string, unknown> = {}
  async function add<N extends StatName>(name: N, params: StatParams[N]): Promise<void> {
    answers[`${name} ${JSON.stringify(params)}`] = await ask(db, name, { params, now })
  }
  for (const audience of audiences) {
    for (const range of Object.values(ranges)) await add('overview', { ...range, ...audience })
    await add('activity', { ...ranges.all, ...audience })
    for (const params of Object.values(retentions))
      await add('retention', RetentionParams.parse({ ...params, ...audience }))
    await add('cohorts', { ...table, period: 'week', ...audience })
    await add('packages', { ...ranges.all, ...audience })
    await add('funnel', { ...funnel, ...audience })
  }
  return answers
}

/** The answers on the engine that came first, by history. */
const known = new Map<string, unknown>()

onBothEngines('stats of any history', (test) => {
  async function forEachHistory(work: (history: RandomHistory) => Promise<void>): Promise<void> {
    await fc.assert(fc.asyncProperty(randomHistory, work), seeded)
  }

  /** How many people a list has, all of them on its one page. */
  async function total<N extends StatName>(name: N, params: PeopleParams[N]): Promise<number> {
    const page = await askPage(test.db, name, { params, now })
    expect(page.users.length).toBe(page.total)
    return page.total
  }

  it('are the same from cells and from rows, in any order of arrival, on both engines', async () => {
    await forEachHistory(async (history) => {
      await writeHistory(test.db, history, 'arrival')
      const answers = await answersOf(test.db)
      await writeHistory(test.db, history, 'time')
      expect(await answersOf(test.db)).toEqual(answers)
      const key = JSON.stringify(history)
      if (known.has(key)) expect(answers).toEqual(known.get(key))
      known.set(key, answers)
      for (const period of ['day', 'week', 'month'] as const) {
        const params = RetentionParams.parse(retentions[period])
        expect(await isFromCells(test.db, 'retention', { params, now })).toBe(true)
      }
      for (const params of [ranges.sunday, ranges.week, ranges.month])
        expect(await isFromCells(test.db, 'overview', { params, now })).toBe(true)
    })
  })

  it('count as many people as they list', async () => {
    await forEachHistory(async (history) => {
      await writeHistory(test.db, history, 'arrival')
      for (const audience of audiences) {
        for (const range of [ranges.today, ranges.week, ranges.running]) {
          const { current, points } = await ask(test.db, 'overview', {
            params: { ...range, ...audience },
            now,
          })
          for (const cell of ['active', 'newUsers', 'payers'] as const)
            expect(await total('overview', { ...range, ...audience, cell })).toBe(current[cell])
          const { start, active } = points.at(-1)
          expect(await total('overview', { ...range, ...audience, cell: 'active', start })).toBe(active)
        }
        const { points } = await ask(test.db, 'activity', { params: { ...ranges.running, ...audience }, now })
        for (const { start, ...figures } of points.slice(-4))
          for (const cell of ['dau', 'wau', 'mau', 'newUsers'] as const)
            expect(await total('activity', { ...ranges.running, ...audience, cell, start })).toBe(
              figures[cell],
            )
      }
    })
  })

  it('count as many people in tables and funnels as they list', async () => {
    await forEachHistory(async (history) => {
      await writeHistory(test.db, history, 'arrival')
      for (const asked of [retentions.later, retentions.recurring]) {
        const params = RetentionParams.parse({ ...asked, cohorts: 4, periods: 4 })
        const { cohorts, overall } = await ask(test.db, 'retention', { params, now })
        for (const [cohort, { cells }] of cohorts.entries())
          for (const [interval, { users }] of cells.entries())
            expect(await total('retention', { ...params, cohort, interval })).toBe(users)
        // A person may be in several recurring cohorts; the list has each once.
        if (params.start === 'first_time')
          expect(await total('retention', { ...params, interval: 1 })).toBe(overall[1].users)
      }
      const { steps } = await ask(test.db, 'funnel', { params: funnel, now })
      for (const [step, figures] of steps.entries()) {
        expect(await total('funnel', { ...funnel, step, which: 'reached' })).toBe(figures.users)
        for (const which of step === 0 ? [] : (['lost', 'open'] as const))
          expect(await total('funnel', { ...funnel, step, which })).toBe(figures[which])
      }
      const sold = await ask(test.db, 'packages', { params: ranges.all, now })
      for (const cell of ['buyers', 'firstTimeBuyers'] as const)
        for (const row of sold.packages)
          expect(await total('packages', { ...ranges.all, cell, packageId: row.packageId })).toBe(row[cell])
    })
  })

  it('have parts that sum to the whole', async () => {
    await forEachHistory(async (history) => {
      await writeHistory(test.db, history, 'arrival')
      const { steps } = await ask(test.db, 'funnel', { params: funnel, now })
      for (let i = 1; i < steps.length; i++)
        expect(steps[i].users + steps[i].lost + steps[i].open).toBe(steps[i - 1].users)
      const { current, points } = await ask(test.db, 'overview', { params: ranges.month, now })
      const sum = (of: (point: (typeof points)[number]) => number) =>
        points.reduce((all: number, point: (typeof points)[number]) => all + of(point), 0)
      expect(sum((point) => point.newUsers)).toBe(current.newUsers)
      expect(sum((point) => point.net.amount)).toBe(current.net.amount)
      expect(sum((point) => point.generations)).toBe(current.generations)
      const { packages, total: whole } = await ask(test.db, 'packages', { params: ranges.month, now })
      for (const figure of ['invoices', 'purchases', 'firstTimeBuyers'])
        expect(
          packages.reduce((all: number, row: Record<string, number>) => all + (row[figure] ?? 0), 0),
        ).toBe(whole[figure])
      expect(whole.net.amount).toBe(current.net.amount)
    })
  })
})
