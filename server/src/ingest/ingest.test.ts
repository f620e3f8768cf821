import { findPerson } from '@botdeck/shared/actions/people'
import { asc } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { noon, onStage, type Stage } from '../testing/stage.ts'

const at = '2026-05-13T10:00:00Z'

async function person(stage: Stage, id: number) {
  const found = await findPerson(stage.db, id)
  if (!found) throw new Error(`no person ${id}`)
  return found
}

async function events(stage: Stage) {
  const { events, eventTypes } = stage.db.t
  const names = new Map((await stage.db.orm.select().from(eventTypes)).map((row) => [row.id, row.name]))
  const rows = await stage.db.orm.select().from(events).orderBy(asc(events.id))
  return rows.map((row) => ({ ...row, type: names.get(row.type) }))
}

onStage('POST /api/ingest', (stage) => {
  it('stores events and answers their count; the same batch again is all duplicates', async () => {
    const batch = {
      events: [
        { id: 'a', userId: 42, type: 'started', at },
        { id: 'b', userId: 42, type: 'level_up', at, props: { level: 3, deep: { x: [1] } }, activity: false },
        { id: 'a', userId: 43, type: 'started' },
      ],
    }
    const first = await stage.post(batch)
    expect(first.body).toEqual({ accepted: 3, duplicates: 0, rejected: [] })
    expect((await stage.post(batch)).body).toEqual({ accepted: 0, duplicates: 3, rejected: [] })
    const stored = (await events(stage)).map(({ type, at: when, activity, props }) => [
      type,
      when,
      activity,
      props,
    ])
    expect(stored).toEqual([
      ['started', Date.parse(at), true, null],
      ['level_up', Date.parse(at), false, { level: 3, deep: { x: [1] } }],
      ['started', noon, true, null],
    ])
  })

  it('takes the first of equal ids within one request', async () => {
    const { body } = await stage.post({
      events: [
        { id: 'a', userId: 1, type: 'x', props: { n: 1 } },
        { id: 'a', userId: 1, type: 'x', props: { n: 2 } },
        { userId: 1, type: 'x' },
        { userId: 1, type: 'x' },
      ],
    })
    expect(body).toEqual({ accepted: 3, duplicates: 1, rejected: [] })
    expect((await events(stage))[0]?.props).toEqual({ n: 1 })
  })

  it('rejects one bad element among good ones, naming place and field', async () => {
    const { status, body } = await stage.post({
      users: [
        { id: 0 },
        { id: 7, colour: 'red' },
        'x',
        { id: 8, referredBy: 8 },
        { id: 9, createdAt: 'soon' },
      ],
      events: [
        { userId: 7, type: 'ok' },
        { type: 'x' },
        { userId: 7, type: '' },
        { userId: 7, type: 'x', at: '1969-12-31T23:59:59Z' },
        { userId: 7, type: 'x', at: '2026-05-13T12:05:01Z' },
        { userId: 7, type: 'x', at: '2026-02-30T00:00:00Z' },
        { userId: 7, type: 'x', when: at },
        { userId: 7, type: 'x', props: { big: 'x'.repeat(33_000) } },
        { userId: 7, type: 'user_created' },
        { userId: 7, type: 'audience_changed' },
        {
          userId: 7,
          type: 'payment_completed',
          props: { packageId: 'p', amount: 1.5, currency: 'XTR', chargeId: 'c' },
        },
        { userId: 7, type: 'command_used' },
        { userId: 7, type: 'a\nb' },
        { userId: 7, type: 'x', at: '2026-05-13T12:05:00Z' },
      ],
    })
    expect(status).toBe(200)
    expect([body.accepted, body.duplicates]).toEqual([2, 0])
    expect(body.rejected.map((each: { code: string }) => each.code)).toEqual(Array(17).fill('invalid_params'))
    const said = body.rejected.map(
      ({ kind, index, message }: { kind: string; index: number; message: string }) =>
        `${kind} ${index} ${message.split(':')[0]?.split(' ')[0]}`,
    )
    expect(said).toEqual([
      'user 0 id',
      'user 1 colour',
      'user 2 user',
      'user 3 referredBy',
      'user 4 createdAt',
      'event 1 userId',
      'event 2 type',
      'event 3 at',
      'event 4 at',
      'event 5 at',
      'event 6 when',
      'event 7 props',
      'event 8 type',
      'event 9 type',
      'event 10 props.amount',
      'event 11 props.command',
      'event 12 type',
    ])
  })

  it('refuses with 413, 400, 401 and 422, in this order', async () => {
    const many = { events: Array(1001).fill({}) }
    const ask = (body: unknown, token?: string) =>
      stage.request('POST', '/api/ingest', token === undefined ? { body } : { body, token })
    expect((await ask('x'.repeat(5 * 1024 * 1024 + 1))).status).toBe(413)
    expect((await ask(many)).status).toBe(413)
    expect((await stage.post({ users: Array(1001).fill({}) })).status).toBe(413)
    expect((await ask('{')).status).toBe(400)
    expect((await stage.post('{')).status).toBe(400)
    expect((await stage.post(Buffer.from('{"\xff":1}', 'latin1'))).status).toBe(400)
    expect((await ask([])).status).toBe(401)
    expect((await ask({}, 'bdk_unknown')).status).toBe(401)
    for (const body of [[], 7, null, { events: {} }, { users: null }, { event: [] }])
      expect((await stage.post(JSON.stringify(body))).status).toBe(422)
    expect((await stage.post({})).body).toEqual({ accepted: 0, duplicates: 0, rejected: [] })
  })

  it('reads instants with offsets, cuts fractions, and takes local times in the reporting zone', async () => {
    await stage.post({
      events: [
        { userId: 1, type: 'x', at: '2026-05-13T13:00:00.1239+03:00' },
        { userId: 1, type: 'x', at: '2026-05-13T10:00' },
      ],
    })
    expect((await events(stage)).map((event) => event.at)).toEqual([Date.parse(at) + 123, Date.parse(at)])
  })

  it('changes only the fields of a person that are given; the first source and referrer stay', async () => {
    await stage.post({
      users: [{ id: 42, username: 'ann', firstName: 'Ann', source: 'news', referredBy: 7 }],
    })
    await stage.post({
      users: [{ id: 42, firstName: 'Anna', source: 'ads', referredBy: 8, props: { a: 1 } }],
    })
    await stage.post({ users: [{ id: 42, languageCode: 'en', props: { b: 2 } }] })
    await stage.post({
      events: [{ userId: 42, type: 'started', at: '2020-01-01T00:00:00Z', props: { payload: 'ref_9' } }],
    })
    await stage.post({
      events: [{ userId: 42, type: 'started', at: '2020-01-01T00:00:00Z', props: { payload: 'src_x' } }],
    })
    expect(await person(stage, 42)).toMatchObject({
      username: 'ann',
      firstName: 'Anna',
      languageCode: 'en',
      source: 'news',
      lastSource: 'ads',
      referredBy: (await person(stage, 7)).uid,
      props: { a: 1, b: 2 },
      credits: null,
    })
  })

  it('stores a given createdAt once, as an event that is no activity', async () => {
    await stage.post({ users: [{ id: 42, createdAt: '2026-01-01T10:00:00Z' }] })
    await stage.post({ users: [{ id: 42, createdAt: '2025-01-01T10:00:00Z' }] })
    const stored = await events(stage)
    expect(stored.map(({ type, at: when, activity }) => [type, when, activity])).toEqual([
      ['user_created', Date.parse('2026-01-01T10:00:00Z'), false],
    ])
  })

  it('lets the latest report of credits hold, whatever the order, and leaves the ledger alone', async () => {
    await stage.post({ users: [{ id: 42, credits: 5 }] })
    const older = { delta: 1, balance: 9, reason: 'gift' }
    await stage.post({ events: [{ userId: 42, type: 'credits_changed', at, props: older }] })
    expect((await person(stage, 42)).credits).toBe(5)
    stage.now = noon + 60_000
    await stage.post({ events: [{ userId: 42, type: 'credits_changed', props: { ...older, balance: 2 } }] })
    expect((await person(stage, 42)).credits).toBe(2)
    expect((await events(stage))[0]).toMatchObject({
      type: 'credits_changed',
      at: noon,
      activity: false,
      props: { delta: 5, balance: 5, reason: 'reported' },
    })
    expect(await stage.db.orm.select().from(stage.db.t.creditLedger)).toEqual([])
  })

  it('marks test users as staff', async () => {
    await stage.post({ users: [{ id: 42, test: true }] })
    expect(await person(stage, 42)).toMatchObject({ test: true, staff: true })
    await stage.post({ users: [{ id: 42, test: false }] })
    expect(await person(stage, 42)).toMatchObject({ test: false, staff: false })
  })

  it('makes payments: one charge once, refunds in any order, offers named in the catalogue', async () => {
    const paid = { packageId: 'pkg_x', amount: 250, currency: 'XTR', chargeId: 'ch_1', invoiceId: 'i1' }
    const { body } = await stage.post({
      events: [
        { id: 'r', userId: 42, type: 'payment_refunded', props: { chargeId: 'ch_1' } },
        { id: 'p', userId: 42, type: 'payment_completed', at, props: paid },
        { id: 'p2', userId: 42, type: 'payment_completed', props: paid },
        { id: 'q', userId: 43, type: 'payment_completed', props: paid },
        { id: 'i', userId: 42, type: 'invoice_sent', at, props: { ...paid, chargeId: undefined } },
        {
          id: 'f',
          userId: 42,
          type: 'payment_failed',
          props: { packageId: 'pkg_x', reason: 'declined', invoiceId: 'i1' },
        },
        { id: 'g', userId: 42, type: 'effect_viewed', props: { effectId: 'fx' } },
      ],
    })
    expect(body).toEqual({ accepted: 5, duplicates: 2, rejected: [] })
    const payments = await stage.db.orm.select().from(stage.db.t.payments)
    expect(payments).toHaveLength(1)
    expect(payments[0]).toMatchObject({
      status: 'refunded',
      amount: 250,
      chargeId: 'ch_1',
      invoiceId: 'i1',
      succeededAt: Date.parse(at),
      invoicedAt: Date.parse(at),
      refundedAt: noon,
    })
    const offers = await stage.db.orm.select().from(stage.db.t.packages)
    expect(offers.find((offer) => offer.id === 'pkg_x')).toMatchObject({ active: false, amount: null })
    const effects = await stage.db.orm.select().from(stage.db.t.effects)
    expect(effects.find((effect) => effect.id === 'fx')).toMatchObject({ active: false })
    expect((await person(stage, 42)).purchases).toBe(1)
  })

  it('keeps who is blocked as of the latest change', async () => {
    await stage.post({
      events: [
        { userId: 42, type: 'bot_unblocked', at: '2026-05-13T11:00:00Z' },
        { userId: 42, type: 'bot_blocked', at },
      ],
    })
    expect((await person(stage, 42)).blockedAt).toBeNull()
    await stage.post({ events: [{ userId: 42, type: 'bot_blocked' }] })
    expect((await person(stage, 42)).blockedAt).toBe(noon)
  })

  it('rejects what no column can hold instead of failing the batch', async () => {
    const nul = 'a\u0000b'
    const { body } = await stage.post({
      users: [
        { id: 1, firstName: nul },
        { id: 2, credits: 2 ** 31 },
      ],
      events: [
        { userId: 3, type: 'started', props: { payload: nul } },
        { userId: 3, type: 'free', props: { note: nul } },
      ],
    })
    expect([body.accepted, body.rejected.length]).toEqual([1, 3])
  })

  it('takes 1,000 events at once, and requests side by side', async () => {
    const batch = (userId: number) => ({
      events: Array.from({ length: 1000 }, (_, i) => ({ id: `e${i}`, userId, type: 'tick' })),
    })
    const answers = await Promise.all([1, 2, 1].map((userId) => stage.post(batch(userId))))
    expect(answers.map(({ body }) => body.accepted + body.duplicates)).toEqual([1000, 1000, 1000])
    expect(answers.reduce((sum, { body }) => sum + body.accepted, 0)).toBe(2000)
    expect(await events(stage)).toHaveLength(2000)
  })
})

onStage('a sender that was not answered', (stage) => {
  it('may post the batch again: what was stored before is not stored twice', async () => {
    const batch = {
      users: [{ id: 42, createdAt: '2026-01-01T10:00:00Z', props: { plan: 'pro' } }],
      events: [
        {
          id: 'order-9-paid',
          userId: 42,
          type: 'payment_completed',
          at,
          props: { packageId: 'p', amount: 250, currency: 'XTR', chargeId: 'c' },
        },
        { id: 'done', userId: 42, type: 'generation_succeeded', at, props: { effectId: 'fx' } },
      ],
    }
    await stage.post(batch)
    const before = [await person(stage, 42), await events(stage)]
    stage.now = noon + 60_000
    expect((await stage.post(batch)).body).toEqual({ accepted: 0, duplicates: 2, rejected: [] })
    expect([await person(stage, 42), await events(stage)]).toEqual(before)
    expect(await person(stage, 42)).toMatchObject({ purchases: 1, generations: 1 })
  })
})
