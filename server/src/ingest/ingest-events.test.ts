import { findPerson } from '@botdeck/shared/actions/people'
import { writeSettings } from '@botdeck/shared/actions/settings'
import { expect, it } from 'vitest'
import { noon, onStage, type Stage } from '../testing/stage.ts'
import { rollUp } from '../testing/stats.ts'

/*
 * What events of built-in types change beside the log, as another bot posts them: late, repeated, out of order.
 */

const order = { packageId: 'pkg_x', amount: 250, currency: 'XTR' }
const event = (id: string, type: string, at: string, props: object = {}) => ({
  id,
  userId: 42,
  type,
  at: `2026-05-13T${at}:00Z`,
  props,
})

async function person(stage: Stage, id = 42) {
  const found = await findPerson(stage.db, id)
  if (!found) throw new Error(`no person ${id}`)
  return found
}

const paymentsOf = (stage: Stage) => stage.db.orm.select().from(stage.db.t.payments)

async function stat(stage: Stage, path: string) {
  await rollUp(stage.db, stage.now)
  return (await stage.request('GET', `/api/stats/${path}`, { token: await stage.signIn() })).body
}

onStage('posted events of built-in types', (stage) => {
  it('make the same payment in whatever order and however often they come', async () => {
    const told = [
      event('i', 'invoice_sent', '08:00', { ...order, invoiceId: 'i1' }),
      event('f', 'payment_failed', '08:05', { packageId: 'pkg_x', reason: 'declined', invoiceId: 'i1' }),
      event('p', 'payment_completed', '08:10', { ...order, chargeId: 'c1', invoiceId: 'i1', method: 'card' }),
      event('r', 'payment_refunded', '09:00', { chargeId: 'c1' }),
    ]
    await stage.post({ events: told.toReversed() })
    for (const each of told) expect((await stage.post({ events: [each] })).body.duplicates).toBe(1)
    const [payment, ...others] = await paymentsOf(stage)
    expect(others).toEqual([])
    expect(payment).toMatchObject({
      status: 'refunded',
      method: 'card',
      reason: 'declined',
      invoicedAt: Date.parse('2026-05-13T08:00:00Z'),
      succeededAt: Date.parse('2026-05-13T08:10:00Z'),
      refundedAt: Date.parse('2026-05-13T09:00:00Z'),
    })
    expect(await person(stage)).toMatchObject({ purchases: 1, usdCents: 0 })
  })

  it('keep a failed or cancelled attempt that nobody paid, with its method and reason', async () => {
    const card = { packageId: 'pkg_x', reason: 'declined', method: 'card' }
    await stage.post({
      events: [
        event('f', 'payment_failed', '08:00', card),
        event('c', 'payment_cancelled', '08:01', { packageId: 'pkg_x' }),
      ],
    })
    const { current } = await stat(stage, 'payments?from=2026-05-13&to=2026-05-13')
    expect(current.methods).toMatchObject([
      { method: 'card', attempts: 1, failed: 1, failures: [{ reason: 'declined', payments: 1 }] },
      { method: 'stars', attempts: 1, cancelled: 1 },
    ])
  })

  it('count a subscription until the end that they state, a local time in the reporting zone', async () => {
    await stage.db.transaction((tx) => writeSettings(tx, { timezone: 'Asia/Tokyo' }, 0))
    const paid = { ...order, recurring: true, subscriptionUntil: '2026-06-12T09:00' }
    await stage.post({ events: [event('p', 'payment_completed', '08:00', { ...paid, chargeId: 'c1' })] })
    const [payment] = await paymentsOf(stage)
    expect(payment?.subscriptionUntil).toBe(Date.parse('2026-06-12T00:00:00Z'))
    const { subscriptions } = await stat(stage, 'revenue?from=2026-05-13&to=2026-05-13')
    expect(subscriptions).toMatchObject([{ start: '2026-05-01', mrr: { amount: 250 }, subscribers: 1 }])
    // A renewal is made by the clock: nobody was active.
    expect((await stat(stage, 'activity?from=2026-05-13&to=2026-05-13')).points[0].dau).toBe(0)
  })

  it('make referrals and sources by the earliest start, and nobody their own guest', async () => {
    const start = (id: string, userId: number, at: string, payload?: string) => ({
      ...event(id, 'started', at, payload === undefined ? {} : { payload }),
      userId,
    })
    await stage.post({
      events: [
        start('b', 42, '10:00', 'src_ads'),
        start('a', 42, '08:00', 'news'),
        start('c', 42, '11:00', 'ref_7'),
        start('d', 42, '09:00', 'ref_8'),
        start('e', 9, '09:00', 'ref_9'),
        start('f', 9, '10:00'),
      ],
    })
    expect(await person(stage)).toMatchObject({
      source: 'news',
      lastSource: 'ads',
      referredBy: (await person(stage, 8)).uid,
    })
    expect(await person(stage, 9)).toMatchObject({ source: 'direct', referredBy: null })
  })

  it('count pictures once, whoever made them, and never touch the ledger', async () => {
    const made = event('g', 'generation_succeeded', '08:00', { effectId: 'fx', credits: 2 })
    await stage.post({ events: [made, { ...made, id: 'h' }, made] })
    await stage.post({ events: [made] })
    expect((await person(stage)).generations).toBe(2)
    expect(await stage.db.orm.select().from(stage.db.t.creditLedger)).toEqual([])
  })

  it('feed promo codes, ads and credits', async () => {
    await stage.post({
      events: [
        event('a', 'promo_entered', '08:00', { code: 'MAY', result: 'ok', credits: 5 }),
        event('b', 'credits_changed', '08:00', { delta: 5, balance: 5, reason: 'promo' }),
        event('c', 'credits_changed', '08:30', { delta: -2, balance: 3, reason: 'song' }),
        event('d', 'ad_shown', '09:00', { adId: 'tea' }),
        event('e', 'ad_clicked', '09:01', { adId: 'tea' }),
      ],
    })
    const day = 'from=2026-05-13&to=2026-05-13'
    expect((await stat(stage, `promos?${day}`)).current.total).toMatchObject({ redeemed: 1, credits: 5 })
    expect((await stat(stage, `ads?${day}`)).current.total).toMatchObject({ shown: 1, clickRate: 1 })
    expect(await stat(stage, `credits?${day}`)).toMatchObject({
      current: { granted: 5, spent: 2 },
      outstanding: { credits: 3, people: 1 },
    })
  })
})

onStage('first seen', (stage) => {
  async function newUsers(): Promise<number> {
    // Answers are kept for a second.
    stage.now += 2000
    return (await stat(stage, 'activity?from=2026-05-13&to=2026-05-13')).points[0].newUsers
  }

  it('is made by any posted event, be it one of credits with a reason that the server uses too', async () => {
    const props = { delta: 5, balance: 5, reason: 'reported', $stated: true }
    await stage.post({ events: [event('c', 'credits_changed', '08:00', props)] })
    expect(await newUsers()).toBe(1)
  })

  it('is not made by what the server writes for credits or a change of audience', async () => {
    await stage.post({ users: [{ id: 42, credits: 5, test: true }] })
    await stage.post({ users: [{ id: 42, test: false }] })
    expect(await newUsers()).toBe(0)
    await stage.post({ events: [event('a', 'message_sent', '09:00')] })
    expect(await newUsers()).toBe(1)
  })

  it('is a given instant where that is earlier than every event', async () => {
    await stage.post({ events: [event('a', 'started', '09:00')] })
    await stage.post({ users: [{ id: 42, createdAt: '2026-05-12T10:00:00Z' }] })
    expect(await newUsers()).toBe(0)
  })
})

onStage('an event at its limits', (stage) => {
  const post = async (more: object) =>
    (await stage.post({ events: [{ userId: 42, type: 'x', ...more }] })).body

  it('may have 200 characters of type and id, and 32 KB of properties', async () => {
    for (const type of ['x'.repeat(200), '🎈'.repeat(200)]) expect((await post({ type })).accepted).toBe(1)
    for (const id of ['x'.repeat(200), '🎈'.repeat(200)]) expect((await post({ id })).accepted).toBe(1)
    // {"p":"…"} is eight bytes around the text.
    expect((await post({ props: { p: 'x'.repeat(32 * 1024 - 8) } })).accepted).toBe(1)
    for (const more of [
      { type: 'x'.repeat(201) },
      { type: '🎈'.repeat(201) },
      { id: 'x'.repeat(201) },
      { id: '' },
      { props: { p: 'x'.repeat(32 * 1024 - 7) } },
      { props: { p: 'ж'.repeat(16 * 1024) } },
      { type: 'half \ud83c' },
    ])
      expect((await post(more)).rejected).toHaveLength(1)
  })

  it('is rejected alone where it is nested too deeply to be written', async () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`
    const body = `{"events":[{"userId":1,"type":"x","props":{"p":${deep}}},{"userId":1,"type":"y"}]}`
    const answer = await stage.post(body)
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({ accepted: 1, rejected: [{ index: 0, kind: 'event' }] })
  })

  it('says itself whether it is activity', async () => {
    await post({ type: 'message_sent', activity: true })
    await stage.post({ events: [{ userId: 43, type: 'started', activity: false }] })
    const { points } = await stat(stage, 'activity?from=2026-05-13&to=2026-05-13')
    expect(points[0]).toMatchObject({ dau: 1, newUsers: 2 })
  })

  it('is of now where it does not say when', async () => {
    await post({})
    const [row] = await stage.db.orm.select().from(stage.db.t.events)
    expect(row?.at).toBe(noon)
  })
})
