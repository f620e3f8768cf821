import { blueprintNow as now, writeBlueprint } from '@botdeck/shared/testing/blueprint'
import { onBothEngines } from '@botdeck/shared/testing/engines'
import { expect, it } from 'vitest'
import { ask, askNames, isFromCells, rollUp } from '../testing/stats.ts'
import type { PeopleParams, StatParams } from './requests.ts'

const spring = { from: '2026-03-27', to: '2026-04-05' }
const all = { from: '2025-12-30', to: '2026-04-05' }

onBothEngines('heatmap', (test) => {
  const write = () => writeBlueprint(test.db, () => rollUp(test.db, now))
  const heatmap = (params: StatParams['heatmap']) => ask(test.db, 'heatmap', { params, now })
  const names = (params: PeopleParams['heatmap']) => askNames(test.db, 'heatmap', { params, now })

  /** The cells that hold anything, as `weekday hour: events`. */
  async function lines(params: StatParams['heatmap']): Promise<string[]> {
    const { cells } = await heatmap(params)
    return cells
      .filter(({ events }: { events: number }) => events > 0)
      .map(({ weekday, hour, events }: Record<string, number>) => `${weekday} ${hour}: ${events}`)
  }

  it('counts activity by local hour and weekday', async () => {
    await write()
    expect(await lines(spring)).toEqual([
      '1 8: 1',
      '1 9: 1',
      '1 15: 1',
      '1 20: 1',
      '2 9: 1',
      '2 11: 1',
      '2 18: 1',
      '3 0: 1',
      '3 11: 1',
      '3 12: 1',
      '5 20: 1',
      '6 10: 2',
      '6 18: 1',
      '7 0: 1',
      '7 3: 1',
      '7 23: 1',
    ])
    const { cells, total, complete } = await heatmap(spring)
    expect([cells.length, total, complete]).toEqual([168, 17, false])
    expect(await isFromCells(test.db, 'heatmap', { params: spring, now })).toBe(true)
  })

  it('lists the distinct people of a cell', async () => {
    await write()
    // ann on 31 December, max on 1 April.
    expect(await names({ ...all, weekday: 3, hour: 12 })).toBe('max ann')
    expect(await names({ ...spring, weekday: 6, hour: 10 })).toBe('fay')
    expect(await names({ ...spring, weekday: 4, hour: 10 })).toBe('')
  })

  it('begins with the first weekday, and counts staff where asked for', async () => {
    await write()
    const params = { from: '2026-03-31', to: '2026-03-31', weekStart: 'sunday' as const, includeStaff: true }
    const { cells } = await heatmap(params)
    expect(cells[0]).toEqual({ weekday: 7, hour: 0, events: 0 })
    expect(await lines(params)).toEqual(['2 9: 1', '2 10: 1', '2 11: 1', '2 12: 1', '2 18: 1'])
  })

  it('applies conditions, and cuts the range to the minute', async () => {
    await write()
    const english = [{ scope: 'user' as const, key: 'language', op: 'eq' as const, value: 'en' }]
    const monday = { from: '2026-03-30', to: '2026-03-30' }
    expect(await lines({ ...monday, where: english })).toEqual(['1 8: 1', '1 9: 1'])
    expect(await isFromCells(test.db, 'heatmap', { params: { ...monday, where: english }, now })).toBe(false)
    const cut = { from: '2026-03-30T08:01', to: '2026-03-30T15:00' }
    expect(await lines(cut)).toEqual(['1 9: 1', '1 15: 1'])
    expect(await isFromCells(test.db, 'heatmap', { params: cut, now })).toBe(false)
    const quarters = { from: '2026-03-30T08:15', to: '2026-03-30T14:59' }
    expect(await lines(quarters)).toEqual(['1 9: 1'])
    expect(await isFromCells(test.db, 'heatmap', { params: quarters, now })).toBe(true)
  })

  it('answers an empty database', async () => {
    await rollUp(test.db, now)
    expect(await lines({ from: '2026-03-30', to: '2026-03-30' })).toEqual([])
  })
})
