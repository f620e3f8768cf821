import { recordPayment, recordRefund } from '@botdeck/shared/actions/payments'
import { upsertPerson } from '@botdeck/shared/actions/people'
import { writeSettings } from '@botdeck/shared/actions/settings'
import type { Revenue } from '@botdeck/shared/contract/stats/revenue'
import { blueprintNow as now, writeBlueprint } from '@botdeck/shared/testing/blueprint'
import { onBothEngines } from '@botdeck/shared/testing/engines'
import { expect, it } from 'vitest'
import { ask, askNames, askPage, rollUp } from '../testing/stats.ts'
import type { PeopleParams, StatParams } from './requests.ts'

const week = { from: '2026-03-25', to: '2026-03-31' }
const stars = (amount: number) => ({ amount, currency: 'XTR' })
const euros = (amount: number) => ({ amount, currency: 'EUR' })

onBothEngines('revenue', (test) => {
  const write = () => writeBlueprint(test.db, () => rollUp(test.db, now))
  const revenue = (params: StatParams['revenue']): Promise<Revenue> =>
    ask(test.db, 'revenue', { params, now })
  const names = (params: PeopleParams['revenue']) => askNames(test.db, 'revenue', { params, now })

  it('adds up a week, refunds on their day, beside the week before', async () => {
    await write()
    const { current, previous, conversion } = await revenue(week)
    expect(current).toEqual({
      from: '2026-03-25',
      to: '2026-03-31',
      gross: stars(550),
      refunds: stars(200),
      net: stars(350),
      payers: 2,
      purchases: 2,
      // cat's euros, for which there is no rate.
      unconverted: 1,
      activeUsers: 7,
      arpu: stars(50),
      arppu: stars(175),
      averagePurchase: stars(275),
      wapu: 2,
      repeatPayers: 1,
      repeatRate: 0.5,
    })
    expect(previous).toMatchObject({ from: '2026-03-18', to: '2026-03-24', net: stars(0), arpu: null })
    expect(previous).toMatchObject({ arppu: null, averagePurchase: null, wapu: 0, repeatRate: null })
    expect(conversion).toEqual({ everPaid: 3, people: 11, rate: 3 / 11 })
  })

  it('draws the days, or periods of any other unit', async () => {
    await write()
    const { points } = await revenue(week)
    expect(points.map(({ gross, refunds }) => `${gross.amount}-${refunds.amount}`)).toEqual([
      '0-0',
      '0-0',
      '0-0',
      '0-0',
      '50-0',
      '0-200',
      '500-0',
    ])
    expect(points.at(-1)).toMatchObject({ start: '2026-03-31', payers: 2, purchases: 1, complete: true })
    const months = await revenue({ from: '2026-01-01', to: '2026-04-01', interval: 'month' })
    expect(months.points.map(({ net }) => net.amount)).toEqual([200, 0, 350, 0])
    expect(months.points.at(-1)).toMatchObject({ complete: false })
  })

  it('compares the running day with the day before until the same quarter hour', async () => {
    await write()
    const { current, previous } = await revenue({ from: '2026-04-01', to: '2026-04-01' })
    expect(current).toMatchObject({ gross: stars(0), activeUsers: 2, wapu: 2 })
    expect(previous).toMatchObject({ gross: stars(500), payers: 1, to: '2026-03-31T10:00:00.000Z' })
  })

  it('shows each currency in itself, and one alone where asked', async () => {
    await write()
    const { byCurrency } = await revenue(week)
    expect(byCurrency).toEqual([
      {
        currency: 'XTR',
        payers: 1,
        purchases: 2,
        gross: stars(550),
        refunds: stars(200),
        net: stars(350),
        reporting: { gross: stars(550), refunds: stars(200), net: stars(350), unconverted: 0 },
      },
      {
        currency: 'EUR',
        payers: 1,
        purchases: 1,
        gross: euros(499),
        refunds: euros(0),
        net: euros(499),
        reporting: { gross: stars(0), refunds: stars(0), net: stars(0), unconverted: 1 },
      },
    ])
    const alone = await revenue({ ...week, currency: 'EUR' })
    expect(alone.current).toMatchObject({ net: euros(499), payers: 1, purchases: 1, unconverted: 0, wapu: 1 })
    expect(alone.current.arpu).toEqual(euros(499 / 7))
    expect(alone.conversion).toEqual({ everPaid: 1, people: 11, rate: 1 / 11 })
    expect(alone.byCurrency.map(({ currency }) => currency)).toEqual(['EUR'])
  })

  it('takes what every payment was worth in dollars where they are the reporting currency', async () => {
    await write()
    await test.db.transaction((tx) => writeSettings(tx, { currency: 'USD' }, now))
    // 550 Stars at 0.013 dollars, as they were paid.
    expect((await revenue(week)).current.gross).toEqual({ amount: 65 + 650, currency: 'USD' })
  })

  it('lists the people of every figure', async () => {
    await write()
    expect(await names({ ...week, cell: 'payers' })).toBe('cat fay')
    expect(await names({ ...week, cell: 'purchases' })).toBe('fay')
    expect(await names({ ...week, cell: 'unconverted' })).toBe('cat')
    expect(await names({ ...week, cell: 'refunds' })).toBe('bob')
    expect(await names({ ...week, cell: 'activeUsers' })).toBe('gus cat hal fay dan ann eva')
    expect(await names({ ...week, cell: 'wapu', currency: 'EUR' })).toBe('cat')
    expect(await names({ ...week, cell: 'repeatPayers' })).toBe('fay')
    expect(await names({ ...week, cell: 'everPaid' })).toBe('cat fay bob')
    expect(await names({ ...week, cell: 'payers', start: '2026-03-29' })).toBe('fay')
    const fault = { code: 'invalid_params', field: 'start' }
    await expect(names({ ...week, cell: 'subscribers' })).rejects.toMatchObject(fault)
    await expect(names({ ...week, cell: 'wapu', start: '2026-03-29' })).rejects.toMatchObject(fault)
    await expect(names({ ...week, cell: 'payers', start: '2026-03-01' })).rejects.toMatchObject(fault)
  })

  it('counts staff where asked, and who passes conditions on people', async () => {
    await write()
    const today = { from: '2026-04-01', to: '2026-04-01', includeStaff: true }
    expect((await revenue(today)).current).toMatchObject({ gross: stars(500), payers: 1, activeUsers: 3 })
    const where = [{ scope: 'user' as const, key: 'firstName', op: 'eq' as const, value: 'bob' }]
    const { current, conversion } = await revenue({ ...week, where })
    expect(current).toMatchObject({ refunds: stars(200), net: stars(-200), payers: 0, activeUsers: 0 })
    expect(conversion).toEqual({ everPaid: 1, people: 1, rate: 1 })
    const onEvents = [{ scope: 'event' as const, key: 'packageId', op: 'is_set' as const }]
    const refusal = { code: 'invalid_params', field: 'where' }
    await expect(revenue({ ...week, where: onEvents })).rejects.toMatchObject(refusal)
  })

  it('answers an empty database', async () => {
    const { current, previous, conversion, byCurrency } = await revenue(week)
    expect(current).toMatchObject({ gross: stars(0), payers: 0, arpu: null, repeatRate: null })
    expect([previous, byCurrency]).toEqual([null, []])
    expect(conversion).toEqual({ everPaid: 0, people: 0, rate: null })
  })

  /** ann upgrades in March, bob has his money back in January, cat does not renew after February. */
  async function subscribe(): Promise<void> {
    const pays = [
      [101, 100, '2026-01-10', '2026-02-09'],
      [101, 100, '2026-02-09', '2026-03-11'],
      [101, 150, '2026-03-11', '2026-04-10'],
      [102, 200, '2026-01-20', '2026-02-19'],
      [103, 80, '2026-02-27', '2026-03-29'],
    ] as const
    await test.db.transaction(async (tx) => {
      for (const [telegramId, amount, from, until] of pays) {
        const { person } = await upsertPerson(tx, { telegramId }, 0)
        const order = { uid: person.uid, packageId: 'sub', amount, currency: 'XTR', recurring: true }
        const chargeId = `${telegramId} ${from}`
        await recordPayment(tx, {
          ...order,
          chargeId,
          at: Date.parse(`${from}T09:00:00Z`),
          subscriptionUntil: Date.parse(`${until}T09:00:00Z`),
        })
      }
      await recordRefund(tx, { chargeId: '102 2026-01-20', at: Date.parse('2026-01-25T09:00:00Z') })
    })
    await rollUp(test.db, now)
  }

  it('follows recurring revenue from the last day of one month to the next', async () => {
    await subscribe()
    const { subscriptions } = await revenue({ from: '2026-01-15', to: '2026-04-01' })
    const lines = subscriptions.map(
      (m) =>
        `${m.start} ${m.mrr.amount} = +${m.new.amount} +${m.expansion.amount} -${m.contraction.amount} -${m.churned.amount}, ${m.subscribers} +${m.newSubscribers} -${m.churnedSubscribers} ${m.complete}`,
    )
    expect(lines).toEqual([
      '2026-01-01 100 = +100 +0 -0 -0, 1 +1 -0 true',
      '2026-02-01 180 = +80 +0 -0 -0, 2 +1 -0 true',
      '2026-03-01 150 = +0 +50 -0 -80, 1 +0 -1 true',
      '2026-04-01 150 = +0 +0 -0 -0, 1 +0 -0 false',
    ])
    const march = { from: '2026-01-15', to: '2026-04-01', start: '2026-03-01' }
    const ids = async (cell: PeopleParams['revenue']['cell']) => {
      const params = { ...march, cell }
      return (await askPage(test.db, 'revenue', { params, now })).users.map(({ id }) => id)
    }
    expect(await ids('subscribers')).toEqual([101])
    expect(await ids('expansion')).toEqual([101])
    expect(await ids('churnedSubscribers')).toEqual([103])
    expect(await ids('newSubscribers')).toEqual([])
  })
})
