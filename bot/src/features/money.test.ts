import { setPackagePrice } from '@botdeck/shared/actions/catalogue'
import { onBothEngines } from '@botdeck/shared/testing/engines'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { eventsOf, personAt, wrongBalances } from '../../testing/records.ts'
import { ANN, buttonsOf, OLGA, openStage, type Stage, said } from '../../testing/stage.ts'

onBothEngines('the store', (test) => {
  let stage: Stage
  beforeEach(async () => {
    stage = await openStage(test.db)
  })
  afterEach(() => stage.close())

  async function invoice(personId: number) {
    await stage.client.start(personId)
    await stage.client.sendText(personId, '/store')
    await stage.settle()
    await stage.press(personId, 'buy:pkg_10')
    await stage.settle()
    const message = await stage.lastOf(personId)
    if (!message?.invoice) throw new Error('no invoice came')
    return message
  }

  it('sells a package once, whatever is delivered again', async () => {
    const { message_id } = await invoice(ANN)
    expect(await stage.during(stage.client.pay(ANN, { message_id }))).toMatchObject({ status: 'paid' })
    const [update] = await stage.waiting()
    await stage.settle()
    expect((await said(stage, ANN)).at(-1)).toBe('✅ Thank you! 10 credits were added; you now have 13.')
    if (update) await stage.runtime.inbox.receive([update, { ...update, update_id: update.update_id + 1000 }])
    await stage.settle()
    expect(await personAt(test.db, ANN)).toMatchObject({ credits: 13, purchases: 1 })
    const completed = (await eventsOf(test.db, ANN)).filter((type) => type === 'payment_completed')
    expect(completed).toHaveLength(1)
  })

  it('takes the credits back when Telegram gives the payment back', async () => {
    const { message_id } = await invoice(ANN)
    const { charge_id = '' } = await stage.during(stage.client.pay(ANN, { message_id }))
    await stage.settle()
    await stage.runtime.bot.api.refundStarPayment(ANN, charge_id)
    await stage.settle()
    expect((await said(stage, ANN)).at(-1)).toContain('10 credits of it were taken back; you now have 3.')
    expect(await wrongBalances(test.db)).toEqual([])
  })

  it('refuses at the till, in the language of the person, when the price has changed', async () => {
    const { message_id } = await invoice(OLGA)
    await test.db.transaction((tx) => setPackagePrice(tx, 'pkg_10', 60))
    expect(await stage.during(stage.client.pay(OLGA, { message_id }))).toEqual({
      status: 'failed',
      error: 'С тех пор цена изменилась. Актуальная — в /store. Ничего не списано.',
    })
    expect(await eventsOf(test.db, OLGA)).toContain('payment_failed')
  })

  it('cancels an invoice and takes its message away', async () => {
    const message = await invoice(ANN)
    const cancel = buttonsOf(message).find((data) => data.startsWith('cancel:')) ?? ''
    await stage.press(ANN, cancel)
    await stage.settle()
    expect(await said(stage, ANN)).not.toContain('10 pictures')
    expect((await said(stage, ANN)).at(-1)).toBe('The purchase is cancelled. Nothing was charged.')
    expect(await eventsOf(test.db, ANN)).toContain('payment_cancelled')
  })

  it('shows the balance with what changed it', async () => {
    await stage.client.start(ANN)
    await stage.client.sendText(ANN, '/balance')
    await stage.settle()
    expect((await said(stage, ANN)).at(-1)).toMatch(/^You have 3 credits\.\n.+ {2}\+3 {2}to start with$/)
  })
})
