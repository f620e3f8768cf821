import { mergeProps, personOf, setBlocked } from '@botdeck/shared/actions/people'
import { stateReferrer } from '@botdeck/shared/actions/referrals'
import type { Condition } from '@botdeck/shared/contract/params'
import { blueprintNow as now, writeBlueprint } from '@botdeck/shared/testing/blueprint'
import { onBothEngines } from '@botdeck/shared/testing/engines'
import { expect, it } from 'vitest'
import { askNames, rollUp } from '../testing/stats.ts'

/** Everybody active in the 30 days before the blueprint's now, the latest first. */
const everybody = 'max gus cat hal fay dan ann eva'

onBothEngines('conditions on people', (test) => {
  /** Who of those active in the 30 days until `start` passes a condition, as they are now. */
  async function pass(key: string, op: Condition['op'], value?: Condition['value']): Promise<string> {
    const where = [{ scope: 'user' as const, key, op, ...(value === undefined ? {} : { value }) }]
    const params = { from: '2025-12-30', to: '2026-04-01', cell: 'mau' as const, start: '2026-04-01' }
    return askNames(test.db, 'activity', { params: { ...params, where }, now })
  }

  it('compare what is known of them now', async () => {
    const { db } = test
    const uids = await writeBlueprint(db, () => rollUp(db, now))
    await db.transaction(async (tx) => {
      await mergeProps(tx, await personOf(tx, uids.gus), {
        plan: 'pro',
        deep: { x: 1 },
        none: null,
        empty: '',
      })
      await setBlocked(tx, await personOf(tx, uids.hal), { blocked: true, at: now })
      await stateReferrer(tx, await personOf(tx, uids.fay), 101, now)
    })
    expect(await pass('id', 'is_set')).toBe(everybody)
    expect(await pass('id', 'eq', '107')).toBe('gus')
    expect(await pass('id', 'eq', [101, '113'])).toBe('max ann')
    expect(await pass('firstName', 'contains', 'A')).toBe('max cat hal fay dan ann eva')
    expect(await pass('username', 'is_set')).toBe('')
    expect(await pass('username', 'ne', 'x')).toBe(everybody)
    expect(await pass('language', 'not_contains', 'D')).toBe('gus fay ann')
    expect(await pass('referredBy', 'eq', 101)).toBe('fay')
    expect(await pass('blocked', 'eq', true)).toBe('hal')
    expect(await pass('blocked', 'eq', 'false')).toBe('max gus cat fay dan ann eva')
    expect(await pass('purchases', 'ge', 1)).toBe('cat fay')
    expect(await pass('purchases', 'gt', '1')).toBe('fay')
    expect(await pass('generations', 'ge', 1)).toBe('gus ann')
    expect(await pass('credits', 'lt', 100)).toBe('')
    expect(await pass('credits', 'is_not_set')).toBe(everybody)
    expect(await pass('tier', 'eq', 'new')).toBe(everybody)
    expect(await pass('plan', 'eq', 'pro')).toBe('gus')
    expect(await pass('plan', 'ne', 'pro')).toBe('max cat hal fay dan ann eva')
    expect(await pass('deep', 'eq', '{"x":1}')).toBe('gus')
    expect(await pass('none', 'is_set')).toBe('')
    expect(await pass('empty', 'is_set')).toBe('gus')
    expect(await pass('toString', 'is_set')).toBe('')
  })

  it('count days in the reporting zone, and ask for segments', async () => {
    const { db } = test
    await writeBlueprint(db, () => rollUp(db, now))
    expect(await pass('daysSinceActive', 'eq', 0)).toBe('max gus')
    expect(await pass('daysSinceActive', 'eq', 1)).toBe('cat hal fay')
    expect(await pass('daysSinceFirstSeen', 'le', 2)).toBe('max hal')
    expect(await pass('daysSinceFirstSeen', 'eq', 86)).toBe('eva')
    expect(await pass('segment', 'eq', 'paying')).toBe('cat fay')
    expect(await pass('segment', 'ne', 'paying')).toBe('max gus hal dan ann eva')
    expect(await pass('segment', 'eq', 'new')).toBe('max gus hal fay')
    expect(await pass('segment', 'eq', ['new', 'paying'])).toBe('max gus cat hal fay')
    expect(await pass('segment', 'eq', 'churned')).toBe('')
  })
})
