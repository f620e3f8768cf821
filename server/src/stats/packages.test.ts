import { writeSettings } from '@botdeck/shared/actions/settings'
import { blueprintNow as now, writeBlueprint } from '@botdeck/shared/testing/blueprint'
import { onBothEngines } from '@botdeck/shared/testing/engines'
import { expect, it } from 'vitest'
import { ask, askNames, rollUp } from '../testing/stats.ts'
import type { PeopleParams, StatParams } from './requests.ts'

const week = { from: '2026-03-25', to: '2026-03-31' }
const all = { from: '2025-12-30', to: '2026-04-01' }
const stars = (amount: number) => ({ amount, currency: 'XTR' })

interface Sold {
  packageId: string
  invoices: number
  purchaseRate: number | null
  purchases: number
  buyers: number
  firstTimeBuyers: number
  gross: { amount: number }
  refunds: { amount: number }
  net: { amount: number }
}

function line(s: Sold): string {
  const people = `${s.purchases} by ${s.buyers}, ${s.firstTimeBuyers} first`
  return `${s.packageId ?? 'total'}: ${s.invoices} (${s.purchaseRate}) ${people}, ${s.gross.amount} - ${s.refunds.amount} = ${s.net.amount}`
}

onBothEngines('packages', (test) => {
  const write = () => writeBlueprint(test.db, () => rollUp(test.db, now))
  const packages = (params: StatParams['packages']) => ask(test.db, 'packages', { params, now })
  const names = (params: PeopleParams['packages']) => askNames(test.db, 'packages', { params, now })
  async function lines(params: StatParams['packages']): Promise<string[]> {
    const answer = await packages(params)
    return [...answer.packages, answer.total].map(line)
  }

  it('counts what was sold in the range, refunds on their day', async () => {
    await write()
    expect(await lines(week)).toEqual([
      'pkg_10: 1 (1) 1 by 1, 1 first, 50 - 0 = 50',
      'pkg_50: 0 (null) 0 by 0, 0 first, 0 - 200 = -200',
      'pkg_150: 0 (null) 1 by 1, 0 first, 500 - 0 = 500',
      'total: 1 (1) 2 by 1, 1 first, 550 - 200 = 350',
    ])
    const answer = await packages(week)
    expect(answer.packages[0]).toEqual({
      packageId: 'pkg_10',
      name: '10 pictures',
      names: { en: '10 pictures', ru: '10 картинок' },
      credits: 10,
      price: stars(50),
      invoices: 1,
      purchases: 1,
      purchaseRate: 1,
      buyers: 1,
      firstTimeBuyers: 1,
      gross: stars(50),
      refunds: stars(0),
      net: stars(50),
      share: 50 / 350,
    })
  })

  it('takes an invoice for paid whenever that was, and one of another time for none', async () => {
    await write()
    expect(await lines(all)).toEqual([
      'pkg_10: 1 (1) 1 by 1, 1 first, 50 - 0 = 50',
      'pkg_50: 2 (0.5) 1 by 1, 1 first, 200 - 200 = 0',
      'pkg_150: 0 (null) 1 by 1, 0 first, 500 - 0 = 500',
      'total: 3 (0.6666666666666666) 3 by 2, 2 first, 750 - 200 = 550',
    ])
    // bob's invoice is of 1 January in Berlin, and was paid the day after.
    const day = { from: '2026-01-01', to: '2026-01-01' }
    expect((await lines(day))[1]).toBe('pkg_50: 1 (1) 0 by 0, 0 first, 0 - 0 = 0')
    expect((await packages(day)).packages[1].share).toBe(null)
  })

  it('shows one currency by itself; what has no rate is in no other figures', async () => {
    await write()
    expect((await lines({ ...all, currency: 'EUR' })).slice(3)).toEqual([
      'pkg_eur: 0 (null) 1 by 1, 1 first, 499 - 0 = 499',
      'total: 0 (null) 1 by 1, 1 first, 499 - 0 = 499',
    ])
    const answer = await packages({ ...all, currency: 'EUR' })
    expect(answer.packages[3]).toMatchObject({ credits: null, price: null, share: 1 })
    expect(answer.total.net).toEqual({ amount: 499, currency: 'EUR' })
    expect(await names({ ...all, currency: 'EUR', cell: 'buyers' })).toBe('cat')
    expect(await names({ ...all, cell: 'purchases', packageId: 'pkg_eur' })).toBe('')
    // A rate that comes later changes nothing of what was paid before.
    await test.db.transaction((tx) => writeSettings(tx, { rates: { XTR: 0.013, EUR: 1.1 } }, now))
    expect((await lines(all)).at(-1)).toBe('total: 3 (0.6666666666666666) 3 by 2, 2 first, 750 - 200 = 550')
  })

  it('lists the people of a package and of the total', async () => {
    await write()
    expect(await names({ ...all, cell: 'buyers' })).toBe('fay bob')
    expect(await names({ ...all, cell: 'firstTimeBuyers', packageId: 'pkg_150' })).toBe('')
    expect(await names({ ...all, cell: 'invoices', packageId: 'pkg_50' })).toBe('max bob')
    expect(await names({ ...week, cell: 'refunds' })).toBe('bob')
    const refusal = { code: 'invalid_params', field: 'packageId' }
    await expect(names({ ...all, cell: 'buyers', packageId: 'gone' })).rejects.toMatchObject(refusal)
  })

  it('counts staff where asked, and who passes conditions on people', async () => {
    await write()
    const staff = { from: '2026-04-01', to: '2026-04-01', includeStaff: true }
    expect((await lines(staff)).slice(1)).toEqual([
      'pkg_50: 1 (0) 0 by 0, 0 first, 0 - 0 = 0',
      'pkg_150: 0 (null) 1 by 1, 1 first, 500 - 0 = 500',
      'total: 1 (0) 1 by 1, 1 first, 500 - 0 = 500',
    ])
    const where = [{ scope: 'user' as const, key: 'firstName', op: 'eq' as const, value: ['bob', 'max'] }]
    expect((await lines({ ...all, where })).at(-1)).toBe('total: 2 (0.5) 1 by 1, 1 first, 200 - 200 = 0')
    const onEvents = [{ scope: 'event' as const, key: 'packageId', op: 'is_set' as const }]
    const refusal = { code: 'invalid_params', field: 'where' }
    await expect(packages({ ...all, where: onEvents })).rejects.toMatchObject(refusal)
    await expect(names({ ...all, where: onEvents, cell: 'buyers' })).rejects.toMatchObject(refusal)
  })

  it('answers an empty database with what is sold', async () => {
    expect(await lines(week)).toEqual([
      'pkg_10: 0 (null) 0 by 0, 0 first, 0 - 0 = 0',
      'pkg_50: 0 (null) 0 by 0, 0 first, 0 - 0 = 0',
      'pkg_150: 0 (null) 0 by 0, 0 first, 0 - 0 = 0',
      'total: 0 (null) 0 by 0, 0 first, 0 - 0 = 0',
    ])
    expect((await packages(week)).packages[0].share).toBe(null)
  })
})
