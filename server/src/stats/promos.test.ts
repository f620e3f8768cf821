import { recordPayment } from '@botdeck/shared/actions/payments'
import { track } from '@botdeck/shared/actions/track'
import type { Promos } from '@botdeck/shared/contract/stats/promos'
import { blueprintNow as now, writeBlueprint } from '@botdeck/shared/testing/blueprint'
import { onBothEngines } from '@botdeck/shared/testing/engines'
import { expect, it } from 'vitest'
import { ask, askNames, rollUp } from '../testing/stats.ts'
import type { PeopleParams, StatParams } from './requests.ts'

const week = { from: '2026-03-25', to: '2026-03-31' }

onBothEngines('promos', (test) => {
  const promos = (params: StatParams['promos']): Promise<Promos> => ask(test.db, 'promos', { params, now })
  const names = (params: PeopleParams['promos']) => askNames(test.db, 'promos', { params, now })

  /**
   * Beside the blueprint: ann and fay redeem SPRING, which gus finds spent and tries twice; dan mistypes it; in January
   * bob redeemed OLD. ivy is staff. fay pays on 31 March; ann pays 30 days after she redeemed, to the millisecond.
   */
  async function write(): Promise<void> {
    const uids = await writeBlueprint(test.db, () => rollUp(test.db, now))
    const enter = (name: keyof typeof uids, at: string, props: Record<string, unknown>) => ({
      uid: uids[name],
      type: 'promo_entered',
      at: Date.parse(`${at}:00Z`),
      props,
    })
    const redeemed = { code: 'SPRING', result: 'redeemed', credits: 5 }
    await test.db.transaction(async (tx) => {
      await track(tx, [
        enter('ann', '2026-03-26T10:00', redeemed),
        enter('fay', '2026-03-29T10:00', redeemed),
        enter('gus', '2026-03-30T10:00', { code: 'SPRING', result: 'spent' }),
        enter('gus', '2026-03-30T10:01', { code: 'SPRING', result: 'spent' }),
        enter('dan', '2026-03-30T11:00', { code: 'SPRNG', result: 'unknown' }),
        enter('ivy', '2026-03-30T12:00', redeemed),
        enter('bob', '2026-03-20T12:00', { code: 'OLD', result: 'ok' }),
      ])
      const order = { packageId: 'pkg_10', amount: 50, currency: 'XTR', chargeId: 'ann' }
      await recordPayment(tx, { ...order, uid: uids.ann, at: Date.parse('2026-04-25T10:00:00Z') })
    })
    await rollUp(test.db, now)
  }

  it('count entries, redemptions and refusals per code, beside the period before', async () => {
    await write()
    const { current, previous } = await promos(week)
    const spring = {
      entered: 4,
      redeemed: 2,
      people: 3,
      redeemers: 2,
      credits: 10,
      refusals: [{ reason: 'spent', entries: 2 }],
      paid: 2,
    }
    const mistyped = { entered: 1, redeemed: 0, people: 1, redeemers: 0, credits: 0, paid: 0 }
    expect(current.codes).toEqual([
      { code: 'SPRING', ...spring },
      { code: 'SPRNG', ...mistyped, refusals: [{ reason: 'unknown', entries: 1 }] },
    ])
    expect(current.total).toMatchObject({ entered: 5, people: 4, credits: 10, paid: 2 })
    expect(previous?.codes).toEqual([
      { code: 'OLD', entered: 1, redeemed: 1, people: 1, redeemers: 1, credits: 0, refusals: [], paid: 0 },
    ])
  })

  it('list the people of a figure, a code, a reason', async () => {
    await write()
    expect(await names({ ...week, cell: 'people' })).toBe('gus fay dan ann')
    expect(await names({ ...week, cell: 'redeemers', code: 'SPRING' })).toBe('fay ann')
    expect(await names({ ...week, cell: 'paid', code: 'SPRING' })).toBe('fay ann')
    expect(await names({ ...week, cell: 'refusals', reason: 'unknown' })).toBe('dan')
    expect(await names({ ...week, cell: 'entered', code: 'NONE' })).toBe('')
    const fault = { code: 'invalid_params', field: 'reason' }
    await expect(names({ ...week, cell: 'paid', reason: 'x' })).rejects.toMatchObject(fault)
  })

  it('obey conditions on people and events, and count staff where asked', async () => {
    await write()
    expect((await promos({ ...week, includeStaff: true })).current.total.redeemed).toBe(3)
    const on = (scope: 'event' | 'user', key: string, value: string) => [
      { scope, key, op: 'eq' as const, value },
    ]
    expect((await promos({ ...week, where: on('event', 'result', 'spent') })).current.total.entered).toBe(2)
    expect((await promos({ ...week, where: on('user', 'firstName', 'fay') })).current.total.entered).toBe(1)
  })

  it('answer an empty database', async () => {
    expect(await promos(week)).toMatchObject({
      current: { codes: [], total: { entered: 0 } },
      previous: null,
    })
  })
})
