import { recordPayment } from '@botdeck/shared/actions/payments'
import { personOf, setTest, upsertPerson } from '@botdeck/shared/actions/people'
import { touchSource } from '@botdeck/shared/actions/sources'
import { track } from '@botdeck/shared/actions/track'
import { onBothEngines } from '@botdeck/shared/testing/engines'
import { expect, it } from 'vitest'
import { ask, askPage, rollUp } from '../testing/stats.ts'
import type { PeopleParams, StatParams } from './requests.ts'

/** Noon of a Wednesday in UTC. */
const now = Date.parse('2026-05-13T12:00:00Z')
const dayMs = 86_400_000
const hourMs = 3_600_000
const week = { from: '2026-05-06', to: '2026-05-12' }
const inWeek = Date.parse('2026-05-08T10:00:00Z')
const before = inWeek - 7 * dayMs

onBothEngines('changes', (test) => {
  let id = 0
  const arrive = (people: number, source: string, at: number) =>
    test.db.transaction(async (tx) => {
      const uids = []
      for (let index = 0; index < people; index++) {
        id += 1
        const { person } = await upsertPerson(tx, { telegramId: id }, at)
        await touchSource(tx, person, { source, at })
        await track(tx, [{ uid: person.uid, type: 'started', at, id: `s${id}` }])
        uids.push(person.uid)
      }
      return uids
    })
  const happen = (uid: number, times: number, event: { type: string; at: number; props: object }) =>
    test.db.transaction(async (tx) => {
      const events = Array.from({ length: times }, () => ({ uid, ...event, props: { ...event.props } }))
      await track(tx, events)
    })
  const changes = async (params: StatParams['changes'] = week) => {
    await rollUp(test.db, now)
    return ask(test.db, 'changes', { params, now })
  }
  const people = async (params: Partial<PeopleParams['changes']>) =>
    (
      await askPage(test.db, 'changes', {
        params: { ...week, kind: 'source', value: 'reels', cell: 'current', ...params },
        now,
      })
    ).total

  it('finds the largest of what chance hardly did', async () => {
    const [first = 0] = await arrive(40, 'reels', inWeek)
    await arrive(10, 'reels', before)
    await arrive(31, 'news', inWeek)
    await arrive(30, 'news', before)
    const failed = { type: 'generation_failed', props: { effectId: 'afro', errorType: 'timeout' } }
    await happen(first, 64, { ...failed, at: inWeek })
    await happen(first, 36, { type: 'generation_succeeded', props: { effectId: 'comic' }, at: before })
    const { current, previous, changes: found } = await changes()
    expect([current, previous]).toEqual([week, { from: '2026-04-29', to: '2026-05-05' }])
    expect(found).toEqual([
      { kind: 'effect', value: 'afro', current: 64, previous: 0, change: null, z: 8 },
      { kind: 'errorType', value: 'timeout', current: 64, previous: 0, change: null, z: 8 },
      { kind: 'effect', value: 'comic', current: 0, previous: 36, change: -1, z: -6 },
    ])
  })

  it('lists the people of either period, each once', async () => {
    const [first = 0] = await arrive(40, 'reels', inWeek)
    await arrive(10, 'reels', before)
    await happen(first, 5, { type: 'generation_succeeded', props: { effectId: 'comic' }, at: inWeek })
    const { changes: found } = await changes()
    // (40 − 10) ÷ √50
    expect(found).toEqual([
      { kind: 'source', value: 'reels', current: 40, previous: 10, change: 3, z: expect.closeTo(4.2426, 4) },
    ])
    expect(await people({})).toBe(40)
    expect(await people({ cell: 'previous' })).toBe(10)
    expect(await people({ kind: 'effect', value: 'comic' })).toBe(1)
    expect(await people({ value: 'nothing of that name' })).toBe(0)
  })

  it('says nothing of fewer than 30 in both periods, nor of |z| below 2', async () => {
    await arrive(29, 'few', inWeek)
    await arrive(45, 'even', inWeek)
    await arrive(30, 'even', before)
    expect((await changes()).changes).toEqual([])
  })

  it('counts purchases by package', async () => {
    const [uid = 0] = await arrive(1, 'news', before)
    await test.db.transaction(async (tx) => {
      for (let charge = 0; charge < 30; charge++)
        await recordPayment(tx, {
          uid,
          packageId: 'pkg_10',
          amount: 50,
          currency: 'XTR',
          chargeId: `c${charge}`,
          at: inWeek + charge,
        })
    })
    expect((await changes()).changes).toMatchObject([{ kind: 'package', value: 'pkg_10', current: 30 }])
  })

  it('leaves the running day out, and takes the day before where there is no other', async () => {
    await arrive(1, 'news', now - 10 * dayMs)
    await arrive(40, 'today', now - hourMs)
    await arrive(40, 'yesterday', now - dayMs)
    const running = await changes({ from: '2026-05-06', to: '2026-05-13' })
    expect(running.current).toEqual({ from: '2026-05-06', to: '2026-05-12' })
    expect(running.changes.map(({ value }: { value: string }) => value)).toEqual(['yesterday'])
    const today = await changes({ from: '2026-05-13', to: '2026-05-13' })
    expect(today.current).toEqual({ from: '2026-05-12', to: '2026-05-12' })
    expect(today.changes.map(({ value }: { value: string }) => value)).toEqual(['yesterday'])
  })

  it('compares with nothing where nothing was recorded before', async () => {
    await arrive(40, 'reels', inWeek)
    expect(await changes()).toMatchObject({ previous: null, changes: [] })
  })

  it('leaves staff out', async () => {
    const uids = await arrive(40, 'reels', inWeek)
    await arrive(1, 'news', before)
    await test.db.transaction(async (tx) => {
      for (const uid of uids.slice(0, 11)) await setTest(tx, await personOf(tx, uid), true, now)
    })
    expect((await changes()).changes).toEqual([])
    expect((await changes({ ...week, includeStaff: true })).changes).toMatchObject([{ current: 40 }])
  })
})
