import { personOf } from '@botdeck/shared/actions/people'
import { activateReferral, refer } from '@botdeck/shared/actions/referrals'
import { type BlueprintName, blueprintNow as now, writeBlueprint } from '@botdeck/shared/testing/blueprint'
import { onBothEngines } from '@botdeck/shared/testing/engines'
import { expect, it } from 'vitest'
import { ask, askNames, rollUp } from '../testing/stats.ts'
import type { PeopleParams, StatParams } from './requests.ts'

const week = { from: '2026-03-25', to: '2026-03-31' }
const stars = (amount: number) => ({ amount, currency: 'XTR' })

/** Telegram ids: ann 101, bob 102, hal 108, ivy 109. */
const invitations: [invited: BlueprintName, referrer: number, at: string][] = [
  ['kim', 109, '2026-03-26T12:00Z'],
  ['eva', 102, '2026-03-27T12:00Z'],
  ['fay', 108, '2026-03-28T09:00Z'],
  ['gus', 101, '2026-03-29T01:10Z'],
  ['hal', 101, '2026-03-30T13:00Z'],
  // A second one of the same person, and one of oneself, give nothing.
  ['hal', 102, '2026-03-31T13:00Z'],
  ['ann', 101, '2026-03-31T13:00Z'],
  ['jon', 101, '2026-03-31T08:00Z'],
  ['max', 101, '2026-04-01T09:50Z'],
]

onBothEngines('referrals', (test) => {
  async function write() {
    const uids = await writeBlueprint(test.db, () => rollUp(test.db, now))
    await test.db.transaction(async (tx) => {
      for (const [invited, referrer, at] of invitations)
        await refer(tx, await personOf(tx, uids[invited]), { referrer, at: Date.parse(at) })
      await activateReferral(tx, uids.gus, now)
    })
    await rollUp(test.db, now)
  }
  const referrals = (params: StatParams['referrals']) => ask(test.db, 'referrals', { params, now })
  const names = (params: Partial<PeopleParams['referrals']>) =>
    askNames(test.db, 'referrals', { params: { ...week, cell: 'invited', ...params }, now })

  it('counts whom people invited, and what came of them', async () => {
    await write()
    const { current, previous, points } = await referrals(week)
    expect(current).toEqual({
      ...week,
      invited: 5,
      referrers: 3,
      activated: 1,
      activationRate: 0.2,
      paid: 1,
      paidRate: 0.2,
      creditsGiven: 2,
      net: stars(550),
    })
    expect(previous).toMatchObject({ from: '2026-03-18', invited: 0, activationRate: null })
    expect(points.map(({ invited }: { invited: number }) => invited)).toEqual([0, 1, 1, 1, 1, 1, 0])
    expect(points[4]).toMatchObject({ start: '2026-03-29', activated: 1, paid: 0, complete: true })
  })

  it('names who invited most', async () => {
    await write()
    const { top } = await referrals(week)
    const worth = { activated: 0, paid: 0, creditsGiven: 0, net: stars(0) }
    expect(top).toEqual([
      { id: 101, firstName: 'ann', invited: 2, ...worth, activated: 1, creditsGiven: 2 },
      { id: 102, firstName: 'bob', invited: 1, ...worth },
      { id: 108, firstName: 'hal', invited: 1, ...worth, paid: 1, net: stars(550) },
    ])
  })

  it('lists the people behind each figure', async () => {
    await write()
    expect(await names({})).toBe('gus hal fay eva kim')
    expect(await names({ cell: 'referrers' })).toBe('hal ann bob')
    expect(await names({ cell: 'activated' })).toBe('gus')
    expect(await names({ cell: 'paid' })).toBe('fay')
    expect(await names({ start: '2026-03-29' })).toBe('gus')
    expect(await names({ includeStaff: true, cell: 'referrers' })).toBe('ivy hal ann bob')
    expect(await names({ from: '2026-04-01', to: '2026-04-01' })).toBe('max')
  })

  it('takes conditions on the invited', async () => {
    await write()
    const where = [{ scope: 'user' as const, key: 'language', op: 'eq' as const, value: 'de' }]
    expect((await referrals({ ...week, where })).current).toMatchObject({ invited: 3, referrers: 2, paid: 0 })
  })
})
