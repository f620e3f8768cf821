import { trackingPlan } from '@botdeck/shared/domain/tracking-plan'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { onStage } from '../testing/stage.ts'

/*
 * Whatever senders post, one bad element rejects itself alone: nothing makes a request fail.
 */

/** Values that have broken columns, indexes, calendars and parsers before. */
const odd = fc.constantFrom<unknown>(
  null,
  '',
  ' ',
  '0',
  'a\u0000b',
  '\ud800',
  '__proto__',
  'constructor',
  '2026-02-30',
  '2026-05-13T10:00:00+25:00',
  '9999-12-31',
  'XTR',
  'ref_7',
  'ref_99999999999999999999',
  -0,
  -1,
  1.5,
  2 ** 31,
  Number.MAX_SAFE_INTEGER,
  1e300,
  true,
  [],
  {},
  [[null]],
)
/** Longer than an index of PostgreSQL takes, and not to be made shorter by compressing it. */
const long = fc.string({ minLength: 4000, maxLength: 6000 })
const value = fc.oneof({ weight: 4, arbitrary: odd }, fc.jsonValue({ maxDepth: 2 }), long)
const usual = fc.constantFrom<unknown>('XTR', 'p1', 'c1', 'i1', 5, 0, '2026-06-01T00:00:00Z', 'timeout', true)

const names = [
  ...new Set(
    Object.values(trackingPlan).flatMap(({ required, optional }) => [
      ...Object.keys(required),
      ...Object.keys(optional),
    ]),
  ),
]
const props = fc.dictionary(fc.constantFrom(...names, '__proto__', 'own'), fc.oneof(usual, usual, value))

/** Props that a built-in type takes, each of them now and then replaced by anything. */
const paid = fc.record({
  packageId: fc.oneof(fc.constant('p1'), fc.constant('p1'), value),
  amount: fc.oneof(fc.constant(5), fc.constant(5), value),
  currency: fc.constantFrom<unknown>('XTR', 'EUR', 'XTR', 'gold'),
  chargeId: fc.oneof(fc.constantFrom('c1', 'c2', 'c3'), value),
  invoiceId: fc.oneof(fc.constantFrom('i1', 'i2'), value),
  method: fc.oneof(fc.constant('card'), value),
  reason: fc.oneof(fc.constant('limit'), value),
  subscriptionUntil: value,
})
const money = ['invoice_sent', 'payment_completed', 'payment_failed', 'payment_cancelled', 'payment_refunded']

const event = fc.oneof(
  fc.record({ userId: fc.constantFrom(1, 2), type: fc.constantFrom(...money), props: paid }),
  fc.record(
    {
      userId: fc.oneof(fc.constantFrom<unknown>(1, 2), value),
      type: fc.oneof(fc.constantFrom<unknown>(...Object.keys(trackingPlan)), value),
      id: value,
      at: value,
      props: fc.oneof(props, value),
      activity: fc.oneof(fc.boolean(), value),
      more: value,
    },
    { requiredKeys: ['userId', 'type', 'props'] },
  ),
  value,
)

const user = fc.oneof(
  fc.record(
    {
      id: fc.oneof(fc.constantFrom<unknown>(1, 2), value),
      username: value,
      firstName: value,
      languageCode: value,
      source: value,
      referredBy: fc.oneof(fc.constantFrom<unknown>(1, 2), value),
      createdAt: value,
      credits: value,
      props: fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), value),
      test: fc.oneof(fc.boolean(), value),
    },
    { requiredKeys: ['id'] },
  ),
  value,
)

onStage('any elements of a request', (stage) => {
  it('are stored or rejected one by one', async () => {
    stage.variables = { RATE_LIMIT: 'off' }
    const batch = fc.record({
      users: fc.array(user, { maxLength: 15 }),
      events: fc.array(event, { maxLength: 30 }),
    })
    const property = fc.asyncProperty(batch, async ({ users, events }) => {
      const { status, body } = await stage.post({ users, events: [...events, { userId: 3, type: 'fine' }] })
      expect([status, body.error]).toEqual([200, undefined])
      const refused = body.rejected.filter(({ kind }: { kind: string }) => kind === 'event').length
      expect(body.accepted + body.duplicates + refused).toBe(events.length + 1)
      expect(body.accepted).toBeGreaterThan(0)
      for (const { message } of body.rejected) expect(message).toMatch(/^\S+/)
    })
    await fc.assert(property, { numRuns: 60, seed: 3 })
  })
})
