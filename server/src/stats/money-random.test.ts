import {
  expireInvoices,
  recordInvoice,
  recordPayment,
  recordRefund,
  recordUnpaid,
} from '@botdeck/shared/actions/payments'
import { personOf, setTest, upsertPerson } from '@botdeck/shared/actions/people'
import { writeSettings } from '@botdeck/shared/actions/settings'
import { stateSource } from '@botdeck/shared/actions/sources'
import { track } from '@botdeck/shared/actions/track'
import type { Db, Tx } from '@botdeck/shared/db/db'
import { onBothEngines } from '@botdeck/shared/testing/engines'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { emptyOfHistory, historyNow as now } from '../testing/histories.ts'
import { ask, askPage, rollUp } from '../testing/stats.ts'
import type { PeopleParams, StatName, StatParams } from './requests.ts'

/*
 * Random histories of money: a few people, invoices that fail, are given up, expire, are paid twice and given back,
 * subscriptions, promo codes, ads and credits, in any order of arrival.
 */

const people = 5
const dayMs = 86_400_000
const kinds = [
  'invoice',
  'invoice',
  'failed',
  'cancelled',
  'payment',
  'payment',
  'again',
  'refund',
  'promo',
  'ad',
  'credits',
  'started',
  'expiry',
] as const

const happening = fc.record({
  kind: fc.constantFrom(...kinds),
  /** Says who, what and how much, so that all that happens to one invoice agrees. */
  number: fc.nat(15),
  at: fc.nat(1600).map((steps) => now - steps * 53 * 60_000),
  arrival: fc.nat(1000),
})
type Happening = typeof happening extends fc.Arbitrary<infer H> ? H : never

const history = fc.record({
  zone: fc.constantFrom('Europe/Berlin', 'Asia/Kathmandu', 'America/New_York'),
  test: fc.nat(people),
  happenings: fc.uniqueArray(happening, {
    minLength: 15,
    maxLength: 70,
    selector: ({ kind, number }) => `${kind} ${number}`,
  }),
})
type History = typeof history extends fc.Arbitrary<infer H> ? H : never

const promos = ['redeemed', 'spent', 'unknown']

function eventOf({ kind, number, at }: Happening, uid: number) {
  const id = `${kind} ${number}`
  if (kind === 'promo') {
    const props = { code: `C${number % 3}`, result: promos[number % promos.length], credits: number % 4 }
    return { uid, at, id, type: 'promo_entered', props }
  }
  if (kind === 'ad') {
    const type = number % 3 === 0 ? 'ad_clicked' : 'ad_shown'
    return { uid, at, id, type, props: { adId: `ad${number % 2}` } }
  }
  if (kind === 'credits') {
    const reason = ['welcome', 'generation', 'generation_failed', 'refund'][number % 4]
    const delta = number % 4 === 1 || number % 4 === 3 ? -number : number
    return { uid, at, id, type: 'credits_changed', props: { delta, balance: 0, reason } }
  }
  return { uid, at, id, type: 'started' }
}

async function happen(tx: Tx, uids: readonly number[], what: Happening): Promise<void> {
  const { kind, number, at } = what
  const uid = uids[number % people] ?? 0
  const [currency, amount] = number % 7 === 0 ? ['EUR', 499] : ['XTR', 50 + number]
  const method = number % 3 === 0 ? 'card' : undefined
  const order = { uid, at, packageId: `p${number % 2}`, amount, currency, method, invoiceId: `i${number}` }
  const subscriptionUntil = number % 4 === 0 ? at + 30 * dayMs : undefined
  const reason = `reason ${number % 2}`
  if (kind === 'invoice') await recordInvoice(tx, order)
  else if (kind === 'failed') await recordUnpaid(tx, order, { status: 'failed', reason })
  else if (kind === 'cancelled') await recordUnpaid(tx, order, { status: 'cancelled' })
  else if (kind === 'payment')
    await recordPayment(tx, { ...order, chargeId: `c${number}`, subscriptionUntil })
  else if (kind === 'again') await recordPayment(tx, { ...order, chargeId: `d${number}` })
  else if (kind === 'refund') await recordRefund(tx, { chargeId: `c${number}`, at })
  else if (kind === 'expiry') await expireInvoices(tx, now)
  else await track(tx, [eventOf(what, uid)])
}

async function write(db: Db, { zone, test, happenings }: History, order: 'arrival' | 'at'): Promise<void> {
  await emptyOfHistory(db)
  const uids: number[] = []
  await db.transaction(async (tx) => {
    await writeSettings(tx, { timezone: zone }, 0)
    for (let id = 1; id <= people; id++) {
      const { person } = await upsertPerson(tx, { telegramId: id, languageCode: id < 3 ? 'en' : 'de' }, 0)
      if (id > 1) await stateSource(tx, person, `s${id % 2}`, 0)
      uids.push(person.uid)
    }
    for (const what of happenings.toSorted((a, b) => a[order] - b[order])) await happen(tx, uids, what)
    const tester = uids[test]
    if (tester !== undefined) await setTest(tx, await personOf(tx, tester), true, now)
  })
  await rollUp(db, now)
}

const ranges = {
  all: { from: '2026-02-15', to: '2026-04-20' },
  month: { from: '2026-03-21', to: '2026-04-19' },
  today: { from: '2026-04-20', to: '2026-04-20' },
  cut: { from: '2026-04-10T10:20', to: '2026-04-18T08:00' },
}
const table = { from: '2026-02-15', cohorts: 10, periods: 8, period: 'week' as const }
const audiences = [{}, { includeStaff: true }]

/** The answers on the engine that came first, by history. */
const known = new Map<string, unknown>()

onBothEngines('money of any history', (test) => {
  const seeded = { numRuns: 3, seed: 20260420 }
  // Each history is asked some hundred questions.
  const patience = { timeout: 120_000 }

  async function answer<N extends StatName>(name: N, params: StatParams[N]) {
    return ask(test.db, name, { params, now })
  }

  async function answers(): Promise<unknown[]> {
    const all: unknown[] = []
    for (const audience of audiences) {
      for (const range of Object.values(ranges))
        for (const name of ['revenue', 'payments', 'promos', 'ads', 'credits', 'packages'] as const)
          all.push(await answer(name, { ...range, ...audience }))
      for (const by of ['date', 'language', 'source', 'tier'])
        all.push(await answer('cohorts', { ...table, ...audience, by }))
    }
    return all
  }

  async function total<N extends StatName>(name: N, params: PeopleParams[N]): Promise<number> {
    return (await askPage(test.db, name, { params, now })).total
  }

  it('is the same in any order of arrival, on both engines', patience, async () => {
    const property = fc.asyncProperty(history, async (written) => {
      await write(test.db, written, 'arrival')
      const told = await answers()
      await write(test.db, written, 'at')
      expect(await answers()).toEqual(told)
      const key = JSON.stringify(written)
      if (known.has(key)) expect(told).toEqual(known.get(key))
      known.set(key, told)
    })
    await fc.assert(property, seeded)
  })

  it('counts as many people as it lists', patience, async () => {
    const property = fc.asyncProperty(history, async (written) => {
      await write(test.db, written, 'arrival')
      for (const range of [ranges.month, ranges.cut]) {
        const { current, conversion, subscriptions } = await answer('revenue', range)
        for (const cell of ['payers', 'activeUsers', 'wapu', 'repeatPayers'] as const)
          expect([cell, await total('revenue', { ...range, cell })]).toEqual([cell, current[cell]])
        for (const cell of ['everPaid', 'people'] as const)
          expect(await total('revenue', { ...range, cell })).toBe(conversion[cell])
        for (const { start, ...month } of subscriptions)
          for (const cell of ['subscribers', 'newSubscribers', 'churnedSubscribers'] as const)
            expect(await total('revenue', { ...range, cell, start })).toBe(month[cell])
        const paid = (await answer('payments', range)).current
        expect(await total('payments', { ...range, cell: 'people' })).toBe(paid.total.people)
        for (const { method, people: some } of paid.methods)
          expect(await total('payments', { ...range, cell: 'people', method })).toBe(some)
        const { codes } = (await answer('promos', range)).current
        for (const { code, ...figures } of codes)
          for (const cell of ['people', 'redeemers', 'paid'] as const)
            expect(await total('promos', { ...range, cell, code })).toBe(figures[cell])
        const { ads } = (await answer('ads', range)).current
        for (const { adId, ...figures } of ads)
          for (const cell of ['people', 'clickers'] as const)
            expect(await total('ads', { ...range, cell, adId })).toBe(figures[cell])
        const credits = await answer('credits', range)
        for (const { reason, people: some } of credits.current.grants)
          expect(await total('credits', { ...range, cell: 'granted', reason })).toBe(some)
      }
      const { rows } = await answer('cohorts', { ...table, by: 'language' })
      for (const { value, size, cells } of rows) {
        const row = { ...table, by: 'language', value }
        expect(await total('cohorts', { ...row, cell: 'size' })).toBe(size)
        for (const [k, figures] of cells.entries())
          for (const cell of ['users', 'payers', 'size'] as const)
            expect(await total('cohorts', { ...row, cell, k })).toBe(figures[cell])
      }
    })
    await fc.assert(property, { ...seeded, numRuns: 2 })
  })

  it('has parts that sum to the whole', patience, async () => {
    const sum = <T>(list: readonly T[], of: (each: T) => number) =>
      list.reduce((all, each) => all + of(each), 0)
    const property = fc.asyncProperty(history, async (written) => {
      await write(test.db, written, 'arrival')
      const { current, points, subscriptions } = await answer('revenue', ranges.month)
      type Point = typeof current
      for (const figure of ['gross', 'refunds', 'net'] as const)
        expect(sum<Point>(points, (point) => point[figure].amount)).toBe(current[figure].amount)
      expect(sum<Point>(points, (point) => point.purchases)).toBe(current.purchases)
      let before = subscriptions[0]?.mrr.amount ?? 0
      for (const month of subscriptions.slice(1)) {
        const { mrr, new: gained, expansion, contraction, churned } = month
        expect(before + gained.amount + expansion.amount - contraction.amount - churned.amount).toBe(
          mrr.amount,
        )
        before = mrr.amount
      }
      const overview = await answer('overview', ranges.month)
      expect([current.net, current.payers]).toEqual([overview.current.net, overview.current.payers])
      expect(current.activeUsers).toBe(overview.current.active)
      const packages = await answer('packages', ranges.month)
      expect(current).toMatchObject({ gross: packages.total.gross, purchases: packages.total.purchases })
      const paid = (await answer('payments', ranges.month)).current
      type Method = typeof paid.total
      for (const figure of ['attempts', 'succeeded', 'failed', 'cancelled', 'refunds', 'expired'] as const)
        expect(sum<Method>(paid.methods, (method) => method[figure])).toBe(paid.total[figure])
      expect(paid.total.succeeded + paid.total.failed + paid.total.cancelled).toBe(paid.total.attempts)
      expect(paid.total.succeeded).toBe(current.purchases + current.unconverted)
      const byLanguage = await answer('cohorts', { ...table, by: 'language' })
      const byDate = await answer('cohorts', table)
      type Row = (typeof byDate.rows)[number]
      expect(sum<Row>(byLanguage.rows, ({ size }) => size)).toBe(sum<Row>(byDate.rows, ({ size }) => size))
    })
    await fc.assert(property, seeded)
  })
})
