import { Ads } from '@botdeck/shared/contract/stats/ads'
import { Cohorts, CohortsByValue } from '@botdeck/shared/contract/stats/cohorts'
import { Credits } from '@botdeck/shared/contract/stats/credits'
import { Payments } from '@botdeck/shared/contract/stats/payments'
import { Promos } from '@botdeck/shared/contract/stats/promos'
import { Revenue } from '@botdeck/shared/contract/stats/revenue'
import { UserPage } from '@botdeck/shared/contract/users'
import { expect, it } from 'vitest'
import { noon, onStage } from '../testing/stage.ts'
import { rollUp } from '../testing/stats.ts'

const days = 'from=2026-05-12&to=2026-05-13'
// In a longer range the running day would be left out.
const today = 'from=2026-05-13&to=2026-05-13'
const table = 'from=2026-05-11&cohorts=3&periods=3'
const order = { packageId: 'pkg_10', amount: 50, currency: 'XTR' }
const event = (id: string, userId: number, at: string, type: string, props: object = {}) => ({
  id,
  userId,
  type,
  at: `2026-05-${at}:00:00Z`,
  props,
})

/** The last first. 7 saw variant b, then a; pays for a month; 8 saw a, fails to pay, redeems a code and spends. */
const events = [
  event('f', 8, '13T10', 'payment_failed', { packageId: 'pkg_10', reason: 'declined', method: 'card' }),
  event('s', 8, '13T09', 'credits_changed', { delta: -2, balance: 3, reason: 'song' }),
  event('c', 8, '13T08', 'credits_changed', { delta: 5, balance: 5, reason: 'promo' }),
  event('r', 8, '13T08', 'promo_entered', { code: 'MAY', result: 'redeemed', credits: 5 }),
  event('k', 8, '13T07', 'ad_clicked', { adId: 'tea' }),
  event('a', 8, '13T07', 'ad_shown', { adId: 'tea' }),
  event('p', 7, '12T11', 'payment_completed', {
    ...order,
    chargeId: 'c',
    recurring: true,
    subscriptionUntil: '2026-06-11T11:00:00Z',
  }),
  event('y', 7, '12T10', 'experiment_exposed', { experiment: 'price', variant: 'a' }),
  event('x', 7, '11T10', 'experiment_exposed', { experiment: 'price', variant: 'b' }),
  event('z', 8, '12T09', 'experiment_exposed', { experiment: 'price', variant: 'a' }),
  event('s1', 8, '12T09', 'started'),
  event('s2', 7, '11T09', 'started'),
]

onStage('money over HTTP', (stage) => {
  async function tell(): Promise<string> {
    const { body } = await stage.post({ events })
    expect(body).toEqual({ accepted: events.length, duplicates: 0, rejected: [] })
    await rollUp(stage.db, noon)
    return stage.signIn()
  }

  it('is what the contract says', async () => {
    const token = await tell()
    const questions = [
      [Revenue, `revenue?${days}&interval=hour`],
      [Revenue, `revenue?${days}&currency=EUR`],
      [Payments, `payments?${days}`],
      [Promos, `promos?${days}`],
      [Ads, `ads?${days}`],
      [Credits, `credits?${days}&interval=week`],
      [Cohorts, `cohorts?${table}&by=date`],
      [CohortsByValue, `cohorts?${table}&by=tier`],
      [CohortsByValue, `cohorts?${table}&by=variant:price`],
      [UserPage, `revenue/people?${days}&cell=subscribers&start=2026-05-01`],
      [UserPage, `payments/people?${today}&cell=failed&method=card&reason=declined`],
      [UserPage, `promos/people?${today}&cell=redeemers&code=MAY`],
      [UserPage, `ads/people?${today}&cell=clickers&adId=tea`],
      [UserPage, `credits/people?${today}&cell=granted&reason=promo`],
      [UserPage, `cohorts/people?${table}&by=variant:price&cell=users&value=a&k=0`],
    ] as const
    for (const [schema, path] of questions) {
      const { status, body } = await stage.request('GET', `/api/stats/${path}`, { token })
      expect([path, status]).toEqual([path, 200])
      expect(schema.parse(body)).toEqual(body)
      if (schema === UserPage) expect([path, body.total]).toEqual([path, 1])
    }
  })

  it('puts people into the variant that they saw first', async () => {
    const token = await tell()
    const path = `/api/stats/cohorts?${table}&by=variant:price`
    const { rows } = (await stage.request('GET', path, { token })).body
    expect(rows.map(({ value, size }: { value: string; size: number }) => [value, size])).toEqual([
      ['a', 1],
      ['b', 1],
    ])
    const other = (await stage.request('GET', `${path}-of-nobody`, { token })).body
    expect(other.rows).toMatchObject([{ value: null, size: 2 }])
  })

  it('refuses with the field at fault', async () => {
    const token = await tell()
    const where = encodeURIComponent(JSON.stringify([{ scope: 'event', key: 'method', op: 'is_set' }]))
    const faults = [
      [`revenue?${days}&where=${where}`, 'where'],
      [`payments?${days}&where=${where}`, 'where'],
      [`revenue?${days}&currency=euro`, 'currency'],
      [`revenue?${days}&interval=second`, 'interval'],
      [`revenue/people?${days}&cell=subscribers`, 'start'],
      [`cohorts?${table}&by=colour`, 'by'],
      [`cohorts?${table}&by=variant:`, 'by'],
      [`cohorts/people?${table}&by=tier&cell=users&value=new`, 'k'],
      [`cohorts/people?${table}&cell=users&k=0`, 'start'],
      [`promos?${days}&code=MAY`, 'code'],
    ]
    for (const [path, field] of faults) {
      const { status, body } = await stage.request('GET', `/api/stats/${path}`, { token })
      expect([path, status, body.error?.field]).toEqual([path, 422, field])
    }
  })
})
