import { upsertPerson } from '@botdeck/shared/actions/people'
import { track } from '@botdeck/shared/actions/track'
import { FunnelParams, FunnelPeopleParams } from '@botdeck/shared/contract/stats/funnel'
import { blueprintNow as now, writeBlueprint } from '@botdeck/shared/testing/blueprint'
import { onBothEngines } from '@botdeck/shared/testing/engines'
import { afterEach, expect, it } from 'vitest'
import { ask, askPage, rollUp } from '../testing/stats.ts'
import { createStats, type StatsOptions, type StatsService } from './service.ts'

const steps = [{ event: 'started' }, { event: 'effect_viewed' }]
const funnel = FunnelParams.parse({ from: '2025-12-30', to: '2026-04-01', steps })
const week = { from: '2026-03-25', to: '2026-03-31' }

onBothEngines('stats in threads', (test) => {
  let service: StatsService | undefined

  function open(more: Partial<StatsOptions> = {}): StatsService {
    const { db, url } = test
    service = createStats({ db, url, clock: () => now, threads: 1, ...more })
    return service
  }

  afterEach(async () => {
    await service?.close()
    service = undefined
  })

  it('answers as the stat itself does, with the people behind it', async () => {
    const { db } = test
    await writeBlueprint(db, () => rollUp(db, now))
    const stats = open()
    const scanned = JSON.parse(await stats.answer('funnel', funnel))
    expect(scanned).toEqual(await ask(db, 'funnel', { params: funnel, now }))
    expect(scanned.steps[1].users).toBe(4)
    const ready = JSON.parse(await stats.answer('overview', week))
    expect(ready).toEqual(await ask(db, 'overview', { params: week, now }))
    const params = FunnelPeopleParams.parse({ ...funnel, step: 1, limit: 3 })
    const page = JSON.parse(await stats.people('funnel', params))
    expect(page).toEqual(await askPage(db, 'funnel', { params, now }))
    expect(page.total).toBe(4)
    expect(stats.health()).toEqual({ threads: 1, waiting: 0, timeouts: 0 })
  })

  it('brings a refusal back from a thread as what it is', async () => {
    const stats = open()
    const refusal = (field: string) => ({ name: 'AppError', code: 'invalid_params', field })
    await expect(stats.answer('funnel', { ...funnel, from: 'soon' })).rejects.toMatchObject(refusal('from'))
    const where = [{ scope: 'event' as const, key: 'x', op: 'is_set' as const }]
    await expect(
      stats.answer('cohorts', { from: week.from, cohorts: 1, periods: 1, where }),
    ).rejects.toMatchObject(refusal('where'))
    await expect(
      stats.people('packages', { ...week, cell: 'buyers', packageId: 'gone' }),
    ).rejects.toMatchObject(refusal('packageId'))
    await expect(stats.answer('overview', { ...week, to: '2026-03-01' })).rejects.toMatchObject(refusal('to'))
  })

  it('ends a scan at its limit and says so', async () => {
    const stats = open({ scanLimitMs: 1 })
    await expect(stats.answer('funnel', funnel)).rejects.toMatchObject({ code: 'timeout' })
    expect(stats.health().timeouts).toBe(1)
    // What needs no scan is answered all the same.
    expect(JSON.parse(await stats.answer('overview', week)).points.length).toBe(7)
  })

  it('keeps an answer for a second, or until something changes', async () => {
    const { db } = test
    const uids = await writeBlueprint(db, () => rollUp(db, now))
    let time = now
    const stats = open({ clock: () => time })
    const german = { scope: 'user' as const, key: 'language', op: 'eq' as const, value: 'de' }
    const started = async () => {
      const { asOf, steps: figures } = JSON.parse(
        await stats.answer('funnel', { ...funnel, where: [german] }),
      )
      return [Date.parse(asOf) - now, figures[0].users]
    }
    expect(await started()).toEqual([0, 5])
    time = now + 999
    expect(await started()).toEqual([0, 5])
    time = now + 1000
    expect(await started()).toEqual([1000, 5])
    await db.transaction((tx) => track(tx, [{ uid: uids.kim, type: 'started', at: now }]))
    await rollUp(db, time)
    expect(await started()).toEqual([1000, 6])
    await db.transaction((tx) => upsertPerson(tx, { telegramId: 111, languageCode: 'fr' }, now))
    expect(await started()).toEqual([1000, 5])
  })
})
