import { upsertPerson } from '@botdeck/shared/actions/people'
import { track } from '@botdeck/shared/actions/track'
import { blueprintNow, writeBlueprint } from '@botdeck/shared/testing/blueprint'
import { onBothEngines } from '@botdeck/shared/testing/engines'
import { expect, it } from 'vitest'
import { ask, askNames, rollUp } from '../testing/stats.ts'
import type { PeopleParams, StatParams } from './requests.ts'

/** Half a minute into a minute. */
const now = Date.parse('2026-05-13T12:00:30Z')
const ago = (seconds: number) => now - seconds * 1000

onBothEngines('now', (test) => {
  async function happen(
    events: [person: number, type: string, at: number, props?: Record<string, unknown>][],
  ) {
    await test.db.transaction(async (tx) => {
      for (const [telegramId, type, at, props] of events) {
        const { person } = await upsertPerson(tx, { telegramId, firstName: `p${telegramId}` }, now)
        await track(tx, [{ uid: person.uid, type, at, props }])
      }
    })
    await rollUp(test.db, now)
  }
  const state = (params: StatParams['now'] = {}) => ask(test.db, 'now', { params, now })

  it('counts people of the last 5 and 30 minutes, and their events by the minute', async () => {
    await happen([
      [1, 'started', ago(31)],
      [1, 'effect_viewed', ago(20)],
      [2, 'started', ago(300)],
      [3, 'started', ago(301)],
      [4, 'started', ago(1800)],
      [5, 'started', ago(1801)],
      [6, 'message_sent', ago(10)],
      [7, 'started', now + 60_000],
    ])
    const answer = await state()
    expect([answer.active5, answer.active30, answer.eventsPerMinute]).toEqual([3, 5, 0.8])
    expect(answer.minutes.length).toBe(30)
    // The last two minutes: 11:59 has what was 31 s ago, the running one the rest and what a clock dated ahead.
    expect(answer.minutes.slice(-2)).toEqual([
      { startsAt: '2026-05-13T11:59:00.000Z', events: 1 },
      { startsAt: '2026-05-13T12:00:00.000Z', events: 2 },
    ])
    expect(answer.minutes[0].startsAt).toBe('2026-05-13T11:31:00.000Z')
  })

  it('shows the latest purchases and errors, newest first, ten at most', async () => {
    const sale = { packageId: 'pkg_10', amount: 50, currency: 'XTR' }
    await happen([
      ...Array.from(
        { length: 11 },
        (_, index) =>
          [
            1,
            'payment_completed',
            ago(600 - index),
            { ...sale, amount: 50 + index, chargeId: `c${index}` },
          ] as [number, string, number, object & Record<string, unknown>],
      ),
      [2, 'generation_failed', ago(60), { effectId: 'comic', errorType: 'timeout' }],
      [3, 'payment_failed', ago(30), { packageId: 'pkg_10', reason: 'package_gone' }],
      [3, 'generation_failed', ago(90_000), { effectId: 'comic', errorType: 'timeout' }],
    ])
    const { purchases, errors } = await state()
    expect(purchases.length).toBe(10)
    expect(purchases[0]).toEqual({
      id: 1,
      firstName: 'p1',
      at: new Date(ago(590)).toISOString(),
      packageId: 'pkg_10',
      price: { amount: 60, currency: 'XTR' },
    })
    expect(errors).toEqual([
      {
        id: 3,
        firstName: 'p3',
        at: new Date(ago(30)).toISOString(),
        type: 'payment_failed',
        reason: 'package_gone',
      },
      {
        id: 2,
        firstName: 'p2',
        at: new Date(ago(60)).toISOString(),
        type: 'generation_failed',
        reason: 'timeout',
      },
    ])
  })

  it('lists who is here, staff left out', async () => {
    await writeBlueprint(test.db, () => rollUp(test.db, blueprintNow))
    const names = (params: PeopleParams['now']) => askNames(test.db, 'now', { params, now: blueprintNow })
    // max had his invoice at 12:05, two minutes ago; ivy, of the staff, paid two hours ago.
    expect(await names({ cell: 'active5' })).toBe('max')
    expect(await names({ cell: 'active30' })).toBe('max')
    const { purchases } = await ask(test.db, 'now', { params: { includeStaff: true }, now: blueprintNow })
    expect(purchases.map(({ firstName }: { firstName: string }) => firstName)).toEqual(['ivy', 'cat'])
    const others = await ask(test.db, 'now', { params: {}, now: blueprintNow })
    expect(others.purchases.map(({ firstName }: { firstName: string }) => firstName)).toEqual(['cat'])
  })

  it('is quiet before anything happened', async () => {
    await rollUp(test.db, now)
    expect(await state()).toMatchObject({ active5: 0, eventsPerMinute: 0, purchases: [], errors: [] })
  })
})
