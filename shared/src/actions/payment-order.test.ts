import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Tx } from '#db/db'
import { onBothEngines } from '#testing/engines'
import { expireInvoices, recordInvoice, recordPayment, recordRefund, recordUnpaid } from './payments.ts'
import { personOf, upsertPerson } from './people.ts'
import { refer } from './referrals.ts'

/*
 * One invoice and all that can be told of it. In whatever order it is told, the end is the same.
 */

const hour = 3_600_000
const start = Date.parse('2026-05-01T08:00:00Z')
const at = (hours: number) => start + hours * hour
const order = { packageId: 'pkg_10', amount: 50, currency: 'XTR', invoiceId: 'i' }

type Fact = (tx: Tx, of: { uid: number; name: string }) => Promise<unknown>

const facts = {
  invoice: (tx, { uid }) => recordInvoice(tx, { ...order, uid, at: at(1) }),
  earlier: (tx, { uid }) => recordInvoice(tx, { ...order, amount: 60, uid, at: at(0) }),
  declined: (tx, { uid }) =>
    recordUnpaid(tx, { ...order, method: 'card', uid, at: at(2) }, { status: 'failed', reason: 'declined' }),
  lateDecline: (tx, { uid }) =>
    recordUnpaid(tx, { ...order, method: 'bank', uid, at: at(4) }, { status: 'failed', reason: 'limit' }),
  closed: (tx, { uid }) => recordUnpaid(tx, { ...order, uid, at: at(3) }, { status: 'cancelled' }),
  expiry: (tx) => expireInvoices(tx, at(100)),
  paid: (tx, { uid, name }) =>
    recordPayment(tx, { ...order, amount: 70, uid, chargeId: `a ${name}`, method: 'wallet', at: at(30) }),
  paidBefore: (tx, { uid, name }) =>
    recordPayment(tx, { ...order, packageId: 'pkg_50', uid, chargeId: `b ${name}`, at: at(29) }),
  refund: (tx, { name }) => recordRefund(tx, { chargeId: `a ${name}`, at: at(40) }),
} satisfies Record<string, Fact>
type FactName = keyof typeof facts

const invite: Fact = async (tx, { uid }) => refer(tx, await personOf(tx, uid), { referrer: 999, at: at(50) })

onBothEngines('payments told in any order', (test) => {
  let people = 0

  /** Tells a new person's facts and answers what is then known of their payments. */
  async function tell(names: readonly FactName[]) {
    people += 1
    const telegramId = people
    return test.db.transaction(async (tx) => {
      const { person } = await upsertPerson(tx, { telegramId }, 0)
      for (const name of names) await facts[name](tx, { uid: person.uid, name: String(telegramId) })
      const rows = await tx.orm.select().from(tx.t.payments)
      return rows
        .filter(({ uid }) => uid === person.uid)
        .map(({ id: _id, uid: _uid, chargeId, ...row }) => ({ ...row, chargeId: chargeId?.slice(0, 1) }))
        .sort((a, b) => (a.succeededAt ?? 0) - (b.succeededAt ?? 0))
    })
  }

  async function sameInAnyOrder(names: FactName[]): Promise<Awaited<ReturnType<typeof tell>>> {
    const expected = await tell(names)
    const shuffled = fc.shuffledSubarray(names, { minLength: names.length })
    const property = fc.asyncProperty(shuffled, async (order) => {
      expect(await tell(order)).toEqual(expected)
    })
    await fc.assert(property, { numRuns: 60, seed: 7 })
    return expected
  }

  it('end unpaid as the latest attempt did, with the price of the earliest invoice', async () => {
    const [row, ...others] = await sameInAnyOrder(['earlier', 'invoice', 'declined', 'closed', 'lateDecline'])
    expect(others).toEqual([])
    expect(row).toMatchObject({
      status: 'failed',
      reason: 'limit',
      method: 'bank',
      amount: 60,
      invoicedAt: at(0),
      failedAt: at(4),
      cancelledAt: at(3),
    })
    const [closed] = await sameInAnyOrder(['invoice', 'declined', 'closed'])
    expect(closed).toMatchObject({ status: 'cancelled', method: 'card', failedAt: at(2) })
  })

  it('do not expire where an attempt had ended, though it becomes known later', async () => {
    expect(await sameInAnyOrder(['earlier', 'expiry', 'declined'])).toMatchObject([
      { status: 'failed', expiredAt: null },
    ])
  })

  it('expire a day after the invoice', async () => {
    expect(await tell(['earlier', 'expiry'])).toMatchObject([{ status: 'expired', expiredAt: at(24) }])
    expect(await tell(['invoice', 'expiry', 'earlier'])).toMatchObject([
      { status: 'expired', expiredAt: at(24) },
    ])
  })

  it('succeed after all that went before, refunded or not', async () => {
    const told: FactName[] = ['earlier', 'invoice', 'declined', 'closed', 'expiry', 'paid', 'refund']
    expect(await sameInAnyOrder(told)).toMatchObject([
      {
        status: 'refunded',
        amount: 70,
        method: 'wallet',
        invoicedAt: at(0),
        failedAt: at(2),
        expiredAt: null,
        succeededAt: at(30),
        refundedAt: at(40),
      },
    ])
  })

  it('give the invoice to the first of two charges', async () => {
    const told: FactName[] = ['invoice', 'declined', 'paid', 'paidBefore', 'refund']
    expect(await sameInAnyOrder(told)).toMatchObject([
      {
        packageId: 'pkg_50',
        invoiceId: 'i',
        invoicedAt: at(1),
        failedAt: at(2),
        chargeId: 'b',
        method: 'stars',
      },
      {
        packageId: 'pkg_10',
        invoiceId: null,
        invoicedAt: null,
        failedAt: null,
        chargeId: 'a',
        status: 'refunded',
      },
    ])
  })

  it('tell of the invited when they first paid', async () => {
    const told = { paid: facts.paid, paidBefore: facts.paidBefore, invited: invite }
    const names = ['paid', 'paidBefore', 'invited'] as const
    for (const [index, order] of [names, names.toReversed(), [names[2], names[0], names[1]]].entries())
      await test.db.transaction(async (tx) => {
        const { person } = await upsertPerson(tx, { telegramId: 1000 + index }, 0)
        for (const name of order) await told[name](tx, { uid: person.uid, name: `r${index}` })
      })
    const rows = await test.db.orm.select().from(test.db.t.referrals)
    expect(rows.map(({ paidAt }) => paidAt)).toEqual([at(29), at(29), at(29)])
  })
})
