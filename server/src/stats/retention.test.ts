import { RetentionParams, RetentionPeopleParams } from '@botdeck/shared/contract/stats/retention'
import { blueprintNow as now, writeBlueprint } from '@botdeck/shared/testing/blueprint'
import { onBothEngines } from '@botdeck/shared/testing/engines'
import { expect, it } from 'vitest'
import { ask, askNames, isFromCells, rollUp } from '../testing/stats.ts'

const days = { from: '2026-03-27', period: 'day', cohorts: 8, periods: 4 }
const months = { from: '2025-12-24', period: 'month', cohorts: 5, periods: 5 }
const english = { scope: 'user', key: 'language', op: 'eq', value: 'en' }
const pixel = { scope: 'event', key: 'effectId', op: 'eq', value: 'pixel' }

interface Cell {
  users: number
  rate: number | null
  complete: boolean
}

onBothEngines('retention', (test) => {
  const write = () => writeBlueprint(test.db, () => rollUp(test.db, now))
  const retention = (params: object) =>
    ask(test.db, 'retention', { params: RetentionParams.parse(params), now })
  const names = (params: object) =>
    askNames(test.db, 'retention', { params: RetentionPeopleParams.parse(params), now })

  /** Each row as its start and the people of its cells, a star where a cell is not complete. */
  async function rows(params: object): Promise<string[]> {
    const { cohorts } = await retention(params)
    return cohorts.map(({ start, cells }: { start: string; cells: Cell[] }) =>
      [start, ...cells.map(({ users, complete }) => `${users}${complete ? '' : '*'}`)].join(' '),
    )
  }

  it('follows daily cohorts of the first activity ever', async () => {
    await write()
    expect(await rows(days)).toEqual([
      '2026-03-27 1 0 0 0',
      '2026-03-28 1 1 0 1',
      '2026-03-29 1 1 0 1*',
      '2026-03-30 1 1 0*',
      '2026-03-31 0 0*',
      '2026-04-01 1*',
    ])
    const { cohorts, overall } = await retention(days)
    expect(overall).toEqual([
      { users: 4, size: 4, rate: 1 },
      { users: 3, size: 4, rate: 0.75 },
      { users: 0, size: 3, rate: 0 },
      { users: 1, size: 2, rate: 0.5 },
    ])
    expect(cohorts[3]).toMatchObject({ startsAt: '2026-03-29T22:00:00.000Z', size: 1 })
    expect(cohorts[4].cells[0]).toEqual({ users: 0, rate: null, complete: true })
    const params = RetentionParams.parse(days)
    expect(await isFromCells(test.db, 'retention', { params, now })).toBe(true)
  })

  it('follows weeks across the year end, from the day that they begin on', async () => {
    await write()
    const old = { from: '2025-12-31', period: 'week', cohorts: 1, periods: 14 }
    expect(await rows(old)).toEqual(['2025-12-29 4 1 0 0 0 0 0 0 0 0 0 0 1 3*'])
    expect(await rows({ ...old, weekStart: 'sunday' })).toEqual(['2025-12-28 4 1 0 0 0 0 0 0 0 0 0 0 1 3*'])
    const late = { from: '2026-03-27', period: 'week', cohorts: 2, periods: 2 }
    expect(await rows(late)).toEqual(['2026-03-23 3 2*', '2026-03-30 2*'])
    expect(await rows({ ...late, weekStart: 'sunday' })).toEqual(['2026-03-22 2 1*', '2026-03-29 3*'])
    expect(await rows({ ...late, weekStart: 'saturday' })).toEqual(['2026-03-21 1 0*', '2026-03-28 4*'])
  })

  it('follows months and years', async () => {
    await write()
    expect(await rows(months)).toEqual([
      '2025-12-01 2 2 0 1 0*',
      '2026-01-01 2 0 2 0*',
      '2026-02-01 0 0 0*',
      '2026-03-01 4 1*',
      '2026-04-01 1*',
    ])
    expect((await retention(months)).overall).toEqual([
      { users: 8, size: 8, rate: 1 },
      { users: 2, size: 4, rate: 0.5 },
      { users: 2, size: 4, rate: 0.5 },
      { users: 1, size: 2, rate: 0.5 },
      { users: 0, size: 0, rate: null },
    ])
    const years = { from: '2025-06-01', period: 'year', cohorts: 3, periods: 3 }
    expect(await rows(years)).toEqual(['2025-01-01 2 2*', '2026-01-01 7*'])
  })

  it('counts returns then or later where asked', async () => {
    await write()
    expect(await rows({ ...months, mode: 'on_or_after' })).toEqual([
      '2025-12-01 2 2 1 1 0*',
      '2026-01-01 2 2 2 0*',
      '2026-02-01 0 0 0*',
      '2026-03-01 4 1*',
      '2026-04-01 1*',
    ])
    // What comes after the last column counts as well.
    const short = { from: '2026-01-01', period: 'month', cohorts: 1, periods: 2, mode: 'on_or_after' }
    expect(await rows(short)).toEqual(['2026-01-01 2 2'])
  })

  it('divides by the period before where asked', async () => {
    await write()
    const { cohorts, overall } = await retention({ ...months, reference: 'previous' })
    expect(cohorts[0].cells.map(({ rate }: Cell) => rate)).toEqual([1, 1, 0, null, 0])
    expect(overall[2]).toEqual({ users: 2, size: 2, rate: 1 })
    expect(overall[3]).toEqual({ users: 1, size: 0, rate: null })
  })

  it('takes every period of a start where that recurs', async () => {
    await write()
    const params = { from: '2026-03-29', period: 'day', cohorts: 3, periods: 2, start: 'recurring' }
    expect(await rows(params)).toEqual(['2026-03-29 2 1', '2026-03-30 4 1', '2026-03-31 3 0*'])
    expect(await names({ ...params, cohort: 1, interval: 0 })).toBe('gus hal dan ann')
    expect(await names({ ...params, interval: 1 })).toBe('gus hal')
  })

  it('takes named events, with conditions, from all history', async () => {
    await write()
    const named = { startEvent: { event: 'started' }, returnEvent: { event: 'effect_viewed' } }
    expect(await rows({ ...months, ...named })).toEqual([
      '2025-12-01 2 1 0 0 0*',
      '2026-01-01 2 0 1 0*',
      '2026-02-01 0 0 0*',
      '2026-03-01 4 1*',
      '2026-04-01 1*',
    ])
    // The first pixel ever: ann in January, though she had begun in December; cat in March, gus in April.
    const viewed = { event: ['effect_viewed', 'generation_succeeded'], where: [pixel] }
    expect(await rows({ ...months, startEvent: viewed })).toEqual([
      '2025-12-01 0 0 0 0 0*',
      '2026-01-01 1 0 1 0*',
      '2026-02-01 0 0 0*',
      '2026-03-01 1 0*',
      '2026-04-01 1*',
    ])
    expect(await rows({ ...months, where: [pixel], cohorts: 2 })).toEqual([
      '2025-12-01 0 0 0 0 0*',
      '2026-01-01 1 0 0 0*',
    ])
    // Events that are no activity count where they are named.
    const refund = { from: '2026-01-01', period: 'month', cohorts: 1, periods: 3 }
    const paid = { startEvent: { event: 'payment_completed' }, returnEvent: { event: 'payment_refunded' } }
    expect(await rows({ ...refund, ...paid })).toEqual(['2026-01-01 1 0 1'])
    expect(await rows({ ...refund, startEvent: { event: 'nobody_sent_this' } })).toEqual(['2026-01-01 0 0 0'])
  })

  it('applies conditions on people, to all or to one event', async () => {
    await write()
    const params = { ...months, cohorts: 2 }
    const expected = ['2025-12-01 2 2 0 1 0*', '2026-01-01 0 0 0 0*']
    expect(await rows({ ...params, where: [english] })).toEqual(expected)
    expect(await rows({ ...params, startEvent: { event: null, where: [english] } })).toEqual(expected)
    const german = { ...english, value: 'de' }
    expect(await rows({ ...params, returnEvent: { event: null, where: [german] } })).toEqual([
      '2025-12-01 2 0 0 0 0*',
      '2026-01-01 2 0 2 0*',
    ])
  })

  it('tells hours apart on the day that skips one', async () => {
    await write()
    const params = { from: '2026-03-29T01:00', period: 'hour', cohorts: 3, periods: 2 }
    const { cohorts } = await retention(params)
    const heads = cohorts.map((row: { start: string; startsAt: string; size: number }) => [
      row.start,
      row.startsAt,
      row.size,
    ])
    expect(heads).toEqual([
      ['2026-03-29T01:00', '2026-03-29T00:00:00.000Z', 0],
      ['2026-03-29T03:00', '2026-03-29T01:00:00.000Z', 1],
      ['2026-03-29T04:00', '2026-03-29T02:00:00.000Z', 0],
    ])
  })

  it('lists the people of a cell and of the pooled row', async () => {
    await write()
    expect(await names({ ...days, cohort: 1, interval: 3 })).toBe('fay')
    expect(await names({ ...days, interval: 0 })).toBe('gus hal fay eva')
    expect(await names({ ...days, interval: 1 })).toBe('gus hal fay')
    expect(await names({ ...days, cohort: 6, interval: 0 })).toBe('')
    const staff = { ...days, includeStaff: true }
    expect((await rows(staff))[4]).toBe('2026-03-31 2 1*')
    expect(await names({ ...staff, cohort: 4, interval: 0 })).toBe('ivy jon')
    await expect(names({ ...days, cohort: 8, interval: 0 })).rejects.toMatchObject({ field: 'cohort' })
    await expect(names({ ...days, interval: 4 })).rejects.toMatchObject({ field: 'interval' })
  })

  it('answers an empty database, and what has not begun', async () => {
    expect((await retention({ ...days, cohorts: 1, from: '2026-04-02' })).cohorts).toEqual([])
    expect((await retention({ ...days, cohorts: 1 })).overall[0]).toEqual({ users: 0, size: 0, rate: null })
    const fault = { code: 'invalid_params', field: 'from' }
    await expect(retention({ ...days, from: '2026-02-30' })).rejects.toMatchObject(fault)
  })
})
