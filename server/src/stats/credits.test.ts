import { changeCredits, reportCredits } from '@botdeck/shared/actions/credits'
import { personOf } from '@botdeck/shared/actions/people'
import { track } from '@botdeck/shared/actions/track'
import type { Credits } from '@botdeck/shared/contract/stats/credits'
import type { LedgerReason } from '@botdeck/shared/db/tables/money'
import { blueprintNow as now, writeBlueprint } from '@botdeck/shared/testing/blueprint'
import { onBothEngines } from '@botdeck/shared/testing/engines'
import { expect, it } from 'vitest'
import { ask, askNames, rollUp } from '../testing/stats.ts'
import type { PeopleParams, StatParams } from './requests.ts'

const week = { from: '2026-03-25', to: '2026-03-31' }

onBothEngines('credits', (test) => {
  const credits = (params: StatParams['credits']): Promise<Credits> =>
    ask(test.db, 'credits', { params, now })
  const names = (params: PeopleParams['credits']) => askNames(test.db, 'credits', { params, now })

  /**
   * fay gets 3 and buys 10, spends 2 of which one comes back, and loses 10 with a refund; gus gets 3. Of dan another sender
   * says that he won 7 and used 4. jon is a test user. The week before, ann got 3.
   */
  async function write(): Promise<void> {
    const uids = await writeBlueprint(test.db, () => rollUp(test.db, now))
    const entries: [keyof typeof uids, string, number, LedgerReason][] = [
      ['ann', '20', 3, 'welcome'],
      ['fay', '28', 3, 'welcome'],
      ['fay', '29', 10, 'purchase'],
      ['fay', '29', -1, 'generation'],
      ['fay', '30', -1, 'generation'],
      ['fay', '30', 1, 'generation_failed'],
      ['fay', '31', -10, 'refund'],
      ['gus', '29', 3, 'welcome'],
      ['jon', '29', 3, 'welcome'],
    ]
    await test.db.transaction(async (tx) => {
      for (const [index, [name, day, delta, reason]] of entries.entries()) {
        const at = Date.parse(`2026-03-${day}T10:00:00Z`)
        await changeCredits(tx, { uid: uids[name], delta, reason, key: `${index}`, at })
      }
      for (const [delta, balance, reason] of [
        [7, 7, 'lottery'],
        [-4, 3, 'poem'],
      ] as const) {
        const at = Date.parse('2026-03-30T10:00:00Z')
        const event = { uid: uids.dan, type: 'credits_changed', at, props: { delta, balance, reason } }
        const [id] = await track(tx, [event])
        await reportCredits(tx, await personOf(tx, uids.dan), { balance, at, event: id ?? 0 })
      }
    })
    await rollUp(test.db, now)
  }

  it('tell what was granted and why, spent, given back and taken back', async () => {
    await write()
    const { current, previous, outstanding } = await credits(week)
    expect(current).toEqual({
      ...week,
      granted: 23,
      spent: 6,
      returned: 1,
      revoked: 10,
      grants: [
        { reason: 'purchase', credits: 10, people: 1 },
        { reason: 'lottery', credits: 7, people: 1 },
        { reason: 'welcome', credits: 6, people: 2 },
      ],
      spenders: 2,
    })
    expect(previous).toMatchObject({ granted: 3, spent: 0, grants: [{ reason: 'welcome' }] })
    // ann 3, fay 2, gus 3, dan 3.
    expect(outstanding).toEqual({ credits: 11, people: 4 })
  })

  it('draw the days', async () => {
    await write()
    const { points } = await credits({ from: '2026-03-29', to: '2026-03-31' })
    expect(points.map(({ start, granted, spent }) => [start, granted, spent])).toEqual([
      ['2026-03-29', 13, 1],
      ['2026-03-30', 7, 5],
      ['2026-03-31', 0, 0],
    ])
  })

  it('list the people of a figure, a reason, a day', async () => {
    await write()
    expect(await names({ ...week, cell: 'granted' })).toBe('gus fay dan')
    expect(await names({ ...week, cell: 'granted', reason: 'lottery' })).toBe('dan')
    expect(await names({ ...week, cell: 'spent', start: '2026-03-29' })).toBe('fay')
    expect(await names({ ...week, cell: 'spenders' })).toBe('fay dan')
    expect(await names({ ...week, cell: 'revoked' })).toBe('fay')
    expect(await names({ ...week, cell: 'outstanding' })).toBe('gus fay dan ann')
    const fault = (field: string) => ({ code: 'invalid_params', field })
    await expect(names({ ...week, cell: 'spent', reason: 'x' })).rejects.toMatchObject(fault('reason'))
    const start = '2026-03-29'
    await expect(names({ ...week, cell: 'outstanding', start })).rejects.toMatchObject(fault('start'))
  })

  it('count staff where asked, and obey conditions on people and events', async () => {
    await write()
    expect((await credits({ ...week, includeStaff: true })).current.granted).toBe(26)
    const on = (scope: 'event' | 'user', key: string, value: string) => [
      { scope, key, op: 'eq' as const, value },
    ]
    expect((await credits({ ...week, where: on('event', 'reason', 'welcome') })).current.granted).toBe(6)
    expect((await credits({ ...week, where: on('user', 'firstName', 'dan') })).outstanding.credits).toBe(3)
  })

  it('answer an empty database', async () => {
    expect(await credits(week)).toMatchObject({
      current: { granted: 0, grants: [] },
      previous: null,
      outstanding: { credits: 0, people: 0 },
    })
  })
})
