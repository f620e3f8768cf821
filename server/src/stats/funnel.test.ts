import { track } from '@botdeck/shared/actions/track'
import { FunnelParams, FunnelPeopleParams } from '@botdeck/shared/contract/stats/funnel'
import { blueprintNow as now, writeBlueprint } from '@botdeck/shared/testing/blueprint'
import { onBothEngines } from '@botdeck/shared/testing/engines'
import { expect, it } from 'vitest'
import { ask, askNames, rollUp } from '../testing/stats.ts'

const range = { from: '2025-12-30', to: '2026-04-01' }
const started = { event: 'started' }
const viewed = { event: 'effect_viewed' }
const paid = { event: 'payment_completed' }
const purchase = { ...range, steps: [started, viewed, paid] }
const day = { value: 1, unit: 'day' }

interface FunnelStep {
  users: number
  lost: number
  open: number
}

onBothEngines('funnel', (test) => {
  const write = () => writeBlueprint(test.db, () => rollUp(test.db, now))
  const funnel = (params: object, at = now) =>
    ask(test.db, 'funnel', { params: FunnelParams.parse(params), now: at })
  const names = (params: object) =>
    askNames(test.db, 'funnel', { params: FunnelPeopleParams.parse(params), now })

  /** Each step as `users (lost, open)`. */
  async function steps(params: object): Promise<string[]> {
    const answer = await funnel(params)
    return answer.steps.map(({ users, lost, open }: FunnelStep) => `${users} (${lost}, ${open})`)
  }

  it('counts who got how far within a week, and how long it took', async () => {
    await write()
    const answer = await funnel(purchase)
    expect(answer.asOf).toBe('2026-04-01T10:07:00.000Z')
    expect(answer.steps).toEqual([
      {
        event: 'started',
        users: 9,
        rateFromStart: 1,
        rateFromPrevious: 1,
        lost: 0,
        open: 0,
        medianSeconds: null,
        averageSeconds: null,
      },
      {
        // ann after 24 h, fay 36.5 h, gus 69 h, hal 20 h; bob, cat and dan too late, eva and max may still.
        event: 'effect_viewed',
        users: 4,
        rateFromStart: 4 / 9,
        rateFromPrevious: 4 / 9,
        lost: 3,
        open: 2,
        medianSeconds: (86_400 + 131_400) / 2,
        averageSeconds: 134_550,
      },
      {
        event: 'payment_completed',
        users: 1,
        rateFromStart: 1 / 9,
        rateFromPrevious: 1 / 4,
        lost: 1,
        open: 2,
        medianSeconds: 120_600,
        averageSeconds: 120_600,
      },
    ])
    const seconds = { medianSeconds: 252_000, averageSeconds: 252_000 }
    expect(answer.conversion).toEqual({ users: 1, rate: 1 / 9, open: 4, ...seconds })
  })

  it('has a window whose far edge is inside', async () => {
    await write()
    // ann took exactly 24 hours.
    expect(await steps({ ...range, steps: [started, viewed], window: day })).toEqual(['9 (0, 0)', '2 (6, 1)'])
    const shorter = { value: 86_399, unit: 'second' }
    expect(await steps({ ...range, steps: [started, viewed], window: shorter })).toEqual([
      '9 (0, 0)',
      '1 (7, 1)',
    ])
  })

  it('takes later steps from after the range', async () => {
    await write()
    const one = { from: '2025-12-30', to: '2025-12-30', steps: [started, viewed] }
    expect(await steps(one)).toEqual(['1 (0, 0)', '1 (0, 0)'])
  })

  it('asks another event for an equal step', async () => {
    await write()
    const window = { value: 2, unit: 'day' }
    expect(await steps({ ...range, steps: [viewed, viewed], window })).toEqual(['5 (0, 0)', '1 (2, 2)'])
    expect(await names({ ...range, steps: [viewed, viewed], window, step: 1 })).toBe('ann')
  })

  it('applies conditions of steps, of people and of the whole funnel', async () => {
    await write()
    const where = [{ scope: 'event', key: 'effectId', op: 'eq', value: 'comic' }]
    const comic = { ...viewed, where }
    expect(await steps({ ...range, steps: [started, comic] })).toEqual(['9 (0, 0)', '3 (3, 3)'])
    const english = [{ scope: 'user', key: 'language', op: 'eq', value: 'en' }]
    expect(await steps({ ...purchase, where: english })).toEqual(['4 (0, 0)', '3 (1, 0)', '1 (1, 1)'])
    const theirs = { ...viewed, where: english }
    expect(await steps({ ...range, steps: [started, theirs] })).toEqual(['9 (0, 0)', '3 (3, 3)'])
    expect(await steps({ ...range, steps: [{ event: null }, viewed], where })).toEqual([
      '3 (0, 0)',
      '0 (1, 2)',
    ])
  })

  it('takes several types, any activity, and types that nobody sent', async () => {
    await write()
    const either = { event: ['generation_succeeded', 'generation_failed'] }
    // ann and gus; dan's failure is itself the activity that opens his attempt.
    expect(await steps({ ...range, steps: [{ event: null }, either] })).toEqual(['9 (0, 0)', '2 (1, 6)'])
    expect(await steps({ ...range, steps: [{ event: 'nobody_sent_this' }, viewed] })).toEqual([
      '0 (0, 0)',
      '0 (0, 0)',
    ])
    const { steps: none, conversion } = await funnel({ ...range, steps: [{ event: 'nobody' }, viewed] })
    expect(none[0]).toMatchObject({ rateFromStart: null, rateFromPrevious: null })
    expect(conversion).toEqual({ users: 0, rate: null, open: 0, medianSeconds: null, averageSeconds: null })
  })

  it('allows no other activity between the steps of a strict funnel', async () => {
    await write()
    // bob wrote, fay and max got an invoice, gus made a picture first; dan and cat came back too late.
    const strict = { ...range, steps: [started, viewed], order: 'strict' }
    expect(await steps(strict)).toEqual(['9 (0, 0)', '2 (3, 4)'])
    expect(await names({ ...strict, step: 1 })).toBe('hal ann')
    // What came to bob between is no activity that passes the condition.
    const english = [{ scope: 'event', key: 'packageId', op: 'is_set' }]
    const paying = { ...range, steps: [{ event: 'invoice_sent' }, paid], order: 'strict', where: english }
    expect(await steps(paying)).toEqual(['3 (0, 0)', '2 (0, 1)'])
  })

  it('lets an unordered funnel begin with any step', async () => {
    await write()
    const either = { ...range, steps: [paid, viewed] }
    expect(await steps(either)).toEqual(['3 (0, 0)', '1 (1, 1)'])
    const { steps: figures } = await funnel({ ...either, order: 'unordered' })
    // cat viewed 71 hours before she paid, fay paid 22 hours before she viewed.
    expect(figures[0]).toMatchObject({ users: 6 })
    expect(figures[1]).toMatchObject({ users: 2, lost: 2, open: 2, medianSeconds: 167_400 })
    expect(await names({ ...either, order: 'unordered', step: 1, which: 'open' })).toBe('gus hal')
  })

  it('leaves out whose attempts are all thrown away', async () => {
    await write()
    // gus made a picture between start and view, ann only afterwards.
    const exclusions = [{ event: 'generation_succeeded', fromStep: 0, toStep: 1 }]
    const params = { ...range, steps: [started, viewed], exclusions }
    expect(await steps(params)).toEqual(['8 (0, 0)', '3 (3, 2)'])
    expect(await names({ ...params, step: 1 })).toBe('hal fay ann')
    // Where it spans the later steps, it throws away who has not reached them within the window.
    const [exclusion] = exclusions
    const three = { ...purchase, exclusions: [{ ...exclusion, fromStep: 1, toStep: 2 }] }
    expect(await steps(three)).toEqual(['8 (0, 0)', '3 (3, 2)', '1 (0, 2)'])
    expect(await names({ ...three, step: 0 })).toBe('max gus cat hal fay dan eva bob')
    // Conditions of an exclusion, on people too, decide whom it concerns.
    const german = [{ scope: 'user', key: 'language', op: 'eq', value: 'de' }]
    expect(await steps({ ...params, exclusions: [{ ...exclusion, where: german }] })).toEqual([
      '9 (0, 0)',
      '4 (3, 2)',
    ])
  })

  it('lists who reached a step, was lost before it, or may still reach it', async () => {
    await write()
    expect(await names({ ...purchase, step: 0 })).toBe('max gus cat hal fay dan ann eva bob')
    expect(await names({ ...purchase, step: 1, which: 'reached' })).toBe('gus hal fay ann')
    expect(await names({ ...purchase, step: 1, which: 'lost' })).toBe('cat dan bob')
    expect(await names({ ...purchase, step: 1, which: 'open' })).toBe('max eva')
    expect(await names({ ...purchase, step: 2, which: 'open' })).toBe('gus hal')
  })

  it('leaves staff out unless asked for', async () => {
    await write()
    expect(await steps({ ...range, steps: [started, paid], includeStaff: true })).toEqual([
      '10 (0, 0)',
      '3 (3, 4)',
    ])
  })

  it('lets steps of one instant follow one another in either order', async () => {
    const uids = await write()
    const at = Date.parse('2026-03-31T12:00Z')
    const batch = ['step_b', 'step_a'].map((type) => ({ uid: uids.kim, type, at }))
    await test.db.transaction((tx) => track(tx, batch))
    await rollUp(test.db, now)
    const params = { ...range, steps: [{ event: 'step_a' }, { event: 'step_b' }] }
    expect(await steps(params)).toEqual(['1 (0, 0)', '1 (0, 0)'])
    expect((await funnel(params)).conversion.medianSeconds).toBe(0)
  })

  it('answers an empty database, and refuses a wrong range', async () => {
    expect(await steps(purchase)).toEqual(['0 (0, 0)', '0 (0, 0)', '0 (0, 0)'])
    const reversed = { ...purchase, from: '2026-04-01', to: '2026-03-31' }
    await expect(funnel(reversed)).rejects.toMatchObject({ code: 'invalid_params', field: 'to' })
  })
})
