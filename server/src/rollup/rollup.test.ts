import { statedMark } from '@botdeck/shared/actions/credits'
import { recordPayment, recordRefund } from '@botdeck/shared/actions/payments'
import { personOf, setStaff, upsertPerson } from '@botdeck/shared/actions/people'
import { writeSettings } from '@botdeck/shared/actions/settings'
import { track } from '@botdeck/shared/actions/track'
import type { Db } from '@botdeck/shared/db/db'
import { onBothEngines } from '@botdeck/shared/testing/engines'
import { getTableColumns } from 'drizzle-orm'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { numbersIn } from '../columns/event-chunk.ts'
import { checkRollups } from './check.ts'
import { type Engine, openEngine } from './engine.ts'
import { flush } from './flush.ts'
import { rebuild } from './rebuild.ts'

const now = () => Date.parse('2026-03-10T12:00:00Z')
const types = ['started', 'effect_viewed', 'generation_succeeded', 'generation_failed', 'bot_blocked']

/** What can happen: an event of somebody at some hour, a repetition, a move between audiences, and a flush. */
const step = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({
      kind: fc.constant('event' as const),
      person: fc.nat(3),
      type: fc.constantFrom(...types),
      hour: fc.nat(24 * 120),
      id: fc.nat(30),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('audience' as const), person: fc.nat(3), staff: fc.boolean() }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('reported' as const),
      person: fc.nat(3),
      hour: fc.nat(24 * 120),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('paid' as const, 'refunded' as const),
      person: fc.nat(3),
      hour: fc.nat(24 * 120),
      id: fc.nat(6),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('batch' as const),
      person: fc.nat(3),
      /** Hours of one day and a little more, and now and then an event that comes late. */
      hours: fc.array(fc.oneof({ weight: 50, arbitrary: fc.nat(30) }, fc.nat(24 * 120)), { maxLength: 40 }),
      day: fc.nat(118),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('flush' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const) }) },
)
type Happening = typeof step extends fc.Arbitrary<infer H> ? H : never

async function newPerson(db: Db, telegramId: number): Promise<number> {
  const { person } = await db.transaction((tx) => upsertPerson(tx, { telegramId }, 0))
  return person.uid
}

/** What is paid for says the number, so that a payment told twice is the same. */
function orderOf(uid: number, id: number, at: number) {
  const currency = id % 3 === 0 ? 'EUR' : 'XTR'
  return { uid, at, packageId: 'pkg_10', amount: 10 + id, currency, chargeId: `c${id}` }
}

async function follow(db: Db, open?: Engine): Promise<Engine> {
  const engine = open ?? (await openEngine(db)) ?? (await rebuild(db, { now }))
  for (let events = 1; events > 0; ) events = await flush(db, engine, { now })
  return engine
}

const instantOf = (hour: number) => Date.parse('2025-12-15T00:00:00Z') + hour * 3_600_000

/** Many events of one day at once, and some that come late; those after the first half are of the next person. */
async function recordBatch(
  db: Db,
  uids: readonly number[],
  { person, day, hours }: { person: number; day: number; hours: readonly number[] },
): Promise<void> {
  const events = hours.map((hour, index) => ({
    uid: uids[index * 2 < hours.length ? person : (person + 1) % uids.length] ?? 0,
    type: types[index % types.length] ?? 'started',
    at: instantOf(hour <= 30 ? day * 24 + hour : hour),
  }))
  await db.transaction((tx) => track(tx, events))
}

async function happen(
  db: Db,
  uids: number[],
  what: Exclude<Happening, { kind: 'flush' | 'restart' }>,
): Promise<void> {
  const uid = uids[what.person] ?? 0
  if (what.kind === 'batch') return recordBatch(db, uids, what)
  const at = what.kind === 'audience' ? now() : instantOf(what.hour)
  await db.transaction(async (tx) => {
    if (what.kind === 'audience') await setStaff(tx, await personOf(tx, uid), what.staff, at)
    else if (what.kind === 'event') await track(tx, [{ uid, type: what.type, at, id: `e${what.id}` }])
    else if (what.kind === 'paid') await recordPayment(tx, orderOf(uid, what.id, at))
    else if (what.kind === 'refunded') await recordRefund(tx, { chargeId: `c${what.id}`, at })
    else
      await track(tx, [
        {
          uid,
          type: 'credits_changed',
          at,
          props: { delta: 1, balance: 1, reason: 'reported', [statedMark]: true },
        },
      ])
  })
}

/** What is derived, whatever the generation. */
async function derived(db: Db) {
  const { t, orm } = db
  const { generation: _, ...dayColumns } = getTableColumns(t.dayCells)
  const active = await orm.select().from(t.activeDays).orderBy(t.activeDays.day, t.activeDays.staff)
  return {
    days: await orm.select(dayColumns).from(t.dayCells).orderBy(t.dayCells.day, t.dayCells.staff),
    states: await orm.select().from(t.personStates).orderBy(t.personStates.uid),
    active: active.map(({ day, staff, uids }) => ({ day, staff, uids: [...numbersIn(uids)].sort() })),
  }
}

onBothEngines('roll-up', (test) => {
  it('equals a replay after any order of arrival, with flushes and restarts anywhere between', async () => {
    const { db } = test
    await db.transaction((tx) => writeSettings(tx, { timezone: 'America/New_York', weekStart: 'sunday' }, 0))
    let telegramId = 1
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (happenings) => {
        const uids: number[] = []
        for (let i = 0; i < 4; i++) uids.push(await newPerson(db, telegramId++))
        let engine = await follow(db)
        for (const what of happenings)
          if (what.kind === 'flush') await follow(db, engine)
          else if (what.kind === 'restart') engine = await follow(db)
          else await happen(db, uids, what)
        await follow(db, engine)
        expect(await checkRollups(db)).toEqual([])
      }),
      { numRuns: 25 },
    )
    const followed = await derived(db)
    await rebuild(db, { now })
    expect(await checkRollups(db)).toEqual([])
    const rebuilt = await derived(db)
    expect(rebuilt.states).toEqual(followed.states)
    expect(rebuilt.active).toEqual(followed.active)
  })

  it('counts a day, its new people and its windows', async () => {
    const { db } = test
    const uid = await newPerson(db, 1)
    const day = Date.parse('2026-01-05T00:00:00Z') / 86_400_000
    await db.transaction((tx) =>
      track(tx, [
        { uid, type: 'user_created', at: (day - 2) * 86_400_000 },
        { uid, type: 'started', at: day * 86_400_000 + 1 },
        { uid, type: 'effect_viewed', at: day * 86_400_000 + 2 },
        { uid, type: 'effect_viewed', at: (day + 3) * 86_400_000 },
      ]),
    )
    await follow(db)
    const { days } = await derived(db)
    const none = { staff: false, active: 0, newUsers: 0, wauChange: 0, mauChange: 0 }
    expect(
      days.filter((cell) => Object.values(cell).some((value) => value !== 0 && value !== cell.day && value)),
    ).toEqual([
      { ...none, day: day - 2, newUsers: 1 },
      { ...none, day, active: 1, wauChange: 1, mauChange: 1 },
      { ...none, day: day + 3, active: 1 },
      { ...none, day: day + 10, wauChange: -1 },
      { ...none, day: day + 33, mauChange: -1 },
    ])
  })

  it('tells of a cell, a balance and a tier that are wrong', async () => {
    const { db } = test
    const uid = await newPerson(db, 1)
    await db.transaction((tx) => track(tx, [{ uid, type: 'started', at: 0 }]))
    await follow(db)
    expect(await checkRollups(db)).toEqual([])
    await db.transaction(async (tx) => {
      await tx.orm.update(tx.t.dayCells).set({ active: 7 })
      await tx.orm
        .insert(tx.t.creditLedger)
        .values({ uid, delta: 3, balance: 3, reason: 'welcome', key: 'w', at: 0 })
      await tx.orm.update(tx.t.users).set({ tier: 'vip' })
    })
    const faults = await checkRollups(db)
    expect(faults).toContain(`users (uid ${uid}): no credits, the ledger ends with 3`)
    expect(faults).toContain(
      `users (uid ${uid}): 0 purchases, 0 cents, tier vip instead of 0 purchases, 0 cents, tier new`,
    )
    expect(faults).toContain(
      'day_cells (day 0, staff false): active 7, mauChange 1, newUsers 1, wauChange 1 instead of active 1, mauChange 1, newUsers 1, wauChange 1',
    )
  })

  it('lets another process move the watermark without counting twice', async () => {
    const { db } = test
    const uid = await newPerson(db, 1)
    await follow(db)
    const stale = await openEngine(db)
    await db.transaction((tx) => track(tx, [{ uid, type: 'started', at: 0 }]))
    await follow(db)
    if (!stale) throw new Error('no generation')
    await expect(flush(db, stale, { now })).rejects.toThrow('another process moved the watermark')
    expect(await checkRollups(db)).toEqual([])
  })
})
