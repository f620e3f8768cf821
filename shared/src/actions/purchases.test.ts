import { describe, expect, it } from 'vitest'
import { onBothEngines, type TestDb } from '#testing/engines'
import { setPackagePrice } from './catalogue.ts'
import { changeCredits, ledgerOf } from './credits.ts'
import { recordInvoice, recordPayment, recordRefund, recordUnpaid } from './payments.ts'
import { personOf, upsertPerson } from './people.ts'
import { approveCheckout, completePurchase, orderPackage, refundPurchase } from './purchases.ts'

const ann = (test: TestDb) =>
  test.db.transaction(
    async (tx) => (await upsertPerson(tx, { telegramId: 1, firstName: 'Ann' }, 1000)).person,
  )

const charge = { packageId: 'pkg_10', amount: 50, currency: 'XTR', chargeId: 'c1', invoiceId: 'i1', at: 3000 }

onBothEngines('purchases', (test) => {
  describe('completePurchase', () => {
    it('gives the credits of the package and leaves one payment and one event', async () => {
      const { uid } = await ann(test)
      const answer = await test.db.transaction(async (tx) => {
        await orderPackage(tx, { uid, packageId: 'pkg_10', invoiceId: 'i1', at: 2000 })
        return completePurchase(tx, { uid, ...charge })
      })
      expect(answer).toEqual({ credits: 10, balance: 10, repeated: false })
      const person = await personOf(test.db, uid)
      expect(person).toMatchObject({ credits: 10, purchases: 1, usdCents: 65, tier: 'new' })
      const [payment, ...others] = await test.db.orm.select().from(test.db.t.payments)
      expect(others).toEqual([])
      expect(payment).toMatchObject({
        status: 'succeeded',
        invoicedAt: 2000,
        succeededAt: 3000,
        reportingAmount: 50,
      })
    })

    it('gives nothing more when Telegram sends the same charge again', async () => {
      const { uid } = await ann(test)
      await test.db.transaction((tx) => completePurchase(tx, { uid, ...charge }))
      const again = await test.db.transaction((tx) => completePurchase(tx, { uid, ...charge }))
      expect(again).toEqual({ credits: 10, balance: 10, repeated: true })
      expect(await ledgerOf(test.db, uid)).toHaveLength(1)
    })

    it('keeps both charges when one invoice is paid twice', async () => {
      const { uid } = await ann(test)
      await test.db.transaction(async (tx) => {
        await completePurchase(tx, { uid, ...charge })
        await completePurchase(tx, { uid, ...charge, chargeId: 'c2' })
      })
      expect(await personOf(test.db, uid)).toMatchObject({ credits: 20, purchases: 2 })
    })
  })

  describe('approveCheckout', () => {
    it('refuses an invoice whose price has changed since', async () => {
      const { uid } = await ann(test)
      const refusal = await test.db.transaction(async (tx) => {
        await orderPackage(tx, { uid, packageId: 'pkg_10', invoiceId: 'i1', at: 2000 })
        await setPackagePrice(tx, 'pkg_10', 60)
        return approveCheckout(tx, { uid, invoiceId: 'i1', amount: 50, currency: 'XTR', at: 2500 })
      })
      expect(refusal).toBe('price_changed')
    })

    it('refuses an invoice of somebody else', async () => {
      const { uid } = await ann(test)
      const refusal = await test.db.transaction(async (tx) => {
        await orderPackage(tx, { uid, packageId: 'pkg_10', invoiceId: 'i1', at: 2000 })
        const { person } = await upsertPerson(tx, { telegramId: 2 }, 1000)
        return approveCheckout(tx, {
          uid: person.uid,
          invoiceId: 'i1',
          amount: 50,
          currency: 'XTR',
          at: 2500,
        })
      })
      expect(refusal).toBe('unknown_invoice')
    })
  })

  describe('refundPurchase', () => {
    it('takes back what is left of the credits, once', async () => {
      const { uid } = await ann(test)
      const refund = { uid, chargeId: 'c1', at: 5000 }
      const taken = await test.db.transaction(async (tx) => {
        await completePurchase(tx, { uid, ...charge })
        await changeCredits(tx, { uid, delta: -4, reason: 'generation', key: 'g1', at: 4000 })
        return [await refundPurchase(tx, refund), await refundPurchase(tx, refund)]
      })
      expect(taken).toEqual([6, null])
      expect(await personOf(test.db, uid)).toMatchObject({ credits: 0, purchases: 1, usdCents: 0 })
    })
  })
})

onBothEngines('payments', (test) => {
  it('merges an invoice that arrives after its payment', async () => {
    const { uid } = await ann(test)
    await test.db.transaction(async (tx) => {
      await recordPayment(tx, { uid, ...charge })
      await recordInvoice(tx, { uid, ...charge, at: 2000 })
    })
    const rows = await test.db.orm.select().from(test.db.t.payments)
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({ status: 'succeeded', invoicedAt: 2000 })
  })

  it('takes package and price from an invoice that arrives after its failed attempt', async () => {
    const { uid } = await ann(test)
    const attempt = { uid, packageId: 'pkg_10', amount: 0, currency: 'XTR', invoiceId: 'i1', at: 3000 }
    await test.db.transaction(async (tx) => {
      await recordUnpaid(tx, attempt, { status: 'failed', reason: 'card' })
      await recordInvoice(tx, { ...attempt, packageId: 'gold', amount: 499, currency: 'EUR', at: 2000 })
    })
    const rows = await test.db.orm.select().from(test.db.t.payments)
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({
      status: 'failed',
      invoicedAt: 2000,
      packageId: 'gold',
      amount: 499,
      currency: 'EUR',
    })
  })

  it('sells what the payment says, whichever of invoice and payment arrives first', async () => {
    const { uid } = await ann(test)
    const gold = { ...charge, packageId: 'gold', amount: 90 }
    await test.db.transaction(async (tx) => {
      await recordInvoice(tx, { uid, ...charge, at: 2000 })
      await recordPayment(tx, { uid, ...gold })
      await recordPayment(tx, { uid, ...gold, chargeId: 'c2', invoiceId: 'i2' })
      await recordInvoice(tx, { uid, ...charge, invoiceId: 'i2', at: 2000 })
    })
    const rows = await test.db.orm.select().from(test.db.t.payments)
    expect(rows.map(({ packageId, amount, invoicedAt }) => ({ packageId, amount, invoicedAt }))).toEqual([
      { packageId: 'gold', amount: 90, invoicedAt: 2000 },
      { packageId: 'gold', amount: 90, invoicedAt: 2000 },
    ])
  })

  it('dates an invoice and a refund that come twice at the earlier of the two', async () => {
    const { uid } = await ann(test)
    await test.db.transaction(async (tx) => {
      for (const at of [2000, 1000, 1500]) await recordInvoice(tx, { uid, ...charge, at })
      for (const at of [9000, 8000]) await recordRefund(tx, { chargeId: 'c1', at })
      await recordPayment(tx, { uid, ...charge })
      for (const at of [8500, 7000]) expect(await recordRefund(tx, { chargeId: 'c1', at })).toBeNull()
    })
    const [payment] = await test.db.orm.select().from(test.db.t.payments)
    expect(payment).toMatchObject({ invoicedAt: 1000, refundedAt: 7000, status: 'refunded' })
  })

  it('lets a refund wait for its payment', async () => {
    const { uid } = await ann(test)
    await test.db.transaction(async (tx) => {
      await recordRefund(tx, { chargeId: 'c1', at: 9000 })
      await recordPayment(tx, { uid, ...charge })
    })
    const [payment] = await test.db.orm.select().from(test.db.t.payments)
    expect(payment).toMatchObject({ status: 'refunded', succeededAt: 3000, refundedAt: 9000 })
  })

  it('names a package that nobody knew by its id', async () => {
    const { uid } = await ann(test)
    await test.db.transaction((tx) => recordPayment(tx, { uid, ...charge, packageId: 'gold' }))
    const packages = await test.db.orm.select().from(test.db.t.packages)
    expect(packages.find((row) => row.id === 'gold')).toMatchObject({
      active: false,
      amount: null,
      credits: null,
    })
  })
})
