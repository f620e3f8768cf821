import { recordInvoice, recordPayment, recordRefund, recordUnpaid } from '@botdeck/shared/actions/payments'
import { findPerson } from '@botdeck/shared/actions/people'
import type { Payments } from '@botdeck/shared/contract/stats/payments'
import { blueprintNow as now, writeBlueprint } from '@botdeck/shared/testing/blueprint'
import { onBothEngines } from '@botdeck/shared/testing/engines'
import { expect, it } from 'vitest'
import { ask, askNames, rollUp } from '../testing/stats.ts'
import type { PeopleParams, StatParams } from './requests.ts'

const week = { from: '2026-03-25', to: '2026-03-31' }
const none = { failed: 0, cancelled: 0, failures: [], refunds: 0, expired: 0 }

onBothEngines('payments', (test) => {
  const payments = (params: StatParams['payments']): Promise<Payments> =>
    ask(test.db, 'payments', { params, now })
  const names = (params: PeopleParams['payments']) => askNames(test.db, 'payments', { params, now })

  /** Beside the blueprint's payments: what dan and eva try on 30 March, and an invoice that gus lets go. */
  async function write(): Promise<void> {
    await writeBlueprint(test.db, () => rollUp(test.db, now))
    const [dan, eva, gus] = await Promise.all([104, 105, 107].map((id) => findPerson(test.db, id)))
    const of = (person: typeof dan, invoiceId: string, at: string) => ({
      uid: person?.uid ?? 0,
      invoiceId,
      at: Date.parse(`2026-03-30T${at}Z`),
      packageId: 'pkg_10',
      amount: 50,
      currency: 'XTR',
    })
    const card = { method: 'card', currency: 'EUR' }
    const failed = { status: 'failed' as const }
    await test.db.transaction(async (tx) => {
      await recordUnpaid(tx, { ...of(dan, 'd1', '10:00'), ...card }, { ...failed, reason: 'declined' })
      await recordUnpaid(tx, { ...of(dan, 'd2', '10:05'), ...card }, { ...failed, reason: 'declined' })
      await recordUnpaid(tx, { ...of(eva, 'e1', '10:00'), ...card }, { ...failed, reason: 'limit' })
      // eva's second invoice fails before it is paid, her third she gives up.
      await recordUnpaid(tx, of(eva, 'e2', '10:10'), { ...failed, reason: 'balance' })
      await recordPayment(tx, { ...of(eva, 'e2', '10:20'), chargeId: 'e2' })
      await recordRefund(tx, { chargeId: 'e2', at: Date.parse('2026-03-30T12:00Z') })
      await recordUnpaid(tx, of(eva, 'e3', '11:00'), { status: 'cancelled' })
      await recordInvoice(tx, of(gus, 'g1', '09:00'))
    })
  }

  it('count by where a payment stands, per method and in all', async () => {
    await write()
    const { current, previous } = await payments(week)
    expect(current.methods).toEqual([
      {
        method: 'stars',
        ...none,
        // fay twice, eva once; bob and eva had theirs back.
        attempts: 4,
        succeeded: 3,
        cancelled: 1,
        successRate: 0.75,
        refunds: 2,
        expired: 1,
        people: 2,
      },
      {
        method: 'card',
        ...none,
        attempts: 3,
        succeeded: 0,
        failed: 3,
        successRate: 0,
        failures: [
          { reason: 'declined', payments: 2 },
          { reason: 'limit', payments: 1 },
        ],
        people: 2,
      },
      { method: 'provider', ...none, attempts: 1, succeeded: 1, successRate: 1, people: 1 },
    ])
    expect(current.total).toMatchObject({ attempts: 8, succeeded: 4, failed: 3, cancelled: 1, people: 4 })
    expect(current.total.successRate).toBe(0.5)
    expect(previous).toMatchObject({
      to: '2026-03-24',
      methods: [],
      total: { attempts: 0, successRate: null },
    })
  })

  it('let an invoice expire a day after it was sent, whether or not a job has seen it', async () => {
    await write()
    const on = async (day: string) => (await payments({ from: day, to: day })).current.total.expired
    expect([await on('2026-03-30'), await on('2026-03-31')]).toEqual([0, 1])
    expect(await names({ ...week, cell: 'expired' })).toBe('gus')
  })

  it('list the people of a figure, of a method, of a reason', async () => {
    await write()
    expect(await names({ ...week, cell: 'people' })).toBe('cat fay dan eva')
    expect(await names({ ...week, cell: 'attempts', method: 'stars' })).toBe('fay eva')
    expect(await names({ ...week, cell: 'failed' })).toBe('dan eva')
    expect(await names({ ...week, cell: 'failed', reason: 'limit' })).toBe('eva')
    expect(await names({ ...week, cell: 'refunds' })).toBe('eva bob')
    const fault = (field: string) => ({ code: 'invalid_params', field })
    await expect(names({ ...week, cell: 'people', method: 'gold' })).rejects.toMatchObject(fault('method'))
    await expect(names({ ...week, cell: 'refunds', reason: 'x' })).rejects.toMatchObject(fault('reason'))
  })

  it('count staff where asked, and who passes conditions on people', async () => {
    await write()
    const today = { from: '2026-04-01', to: '2026-04-01' }
    expect((await payments(today)).current.total.attempts).toBe(0)
    expect((await payments({ ...today, includeStaff: true })).current.total.attempts).toBe(1)
    const where = [{ scope: 'user' as const, key: 'language', op: 'eq' as const, value: 'en' }]
    expect((await payments({ ...week, where })).current.total).toMatchObject({ attempts: 2, refunds: 1 })
    const onEvents = [{ scope: 'event' as const, key: 'method', op: 'is_set' as const }]
    const refusal = { code: 'invalid_params', field: 'where' }
    await expect(payments({ ...week, where: onEvents })).rejects.toMatchObject(refusal)
  })

  it('answer an empty database', async () => {
    const { current, previous } = await payments(week)
    expect(current).toMatchObject({ methods: [], total: { attempts: 0, successRate: null, people: 0 } })
    expect(previous).toBe(null)
  })
})
