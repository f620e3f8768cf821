import { writeSettings } from '@botdeck/shared/actions/settings'
import { type NewEvent, track } from '@botdeck/shared/actions/track'
import type { Db } from '@botdeck/shared/db/db'
import { openDb } from '@botdeck/shared/db/open'
import { onBothEngines } from '@botdeck/shared/testing/engines'
import { pino } from 'pino'
import { expect, it } from 'vitest'
import { checkRollups } from './check.ts'
import { openEngine } from './engine.ts'
import { flush, TooManyRefolds } from './flush.ts'
import { startRollup } from './index.ts'
import { readActiveDays } from './read-active-days.ts'
import { rebuild } from './rebuild.ts'
import { removeReplaced, renew } from './renew.ts'
import { latestEvent, mending, readRollupState } from './store.ts'

const dayMs = 86_400_000
const noon = Date.parse('2026-03-10T12:00:00Z')
const now = () => noon

async function people(db: Db, count: number): Promise<number[]> {
  const rows = Array.from({ length: count }, (_, index) => ({ telegramId: index + 1, createdAt: 0 }))
  const added = await db.transaction((tx) => tx.orm.insert(tx.t.users).values(rows).returning())
  return added.map(({ uid }) => uid)
}

const record = (db: Db, events: NewEvent[]) => db.transaction((tx) => track(tx, events))
const acts = (uid: number, at: number): NewEvent => ({ uid, type: 'effect_viewed', at })

async function activeDays(db: Db): Promise<number[]> {
  const state = await readRollupState(db)
  const days: number[] = []
  for await (const { day, uids } of readActiveDays({ db, generation: state?.generation ?? 0 }, {}))
    days.push(...[...uids].map(() => day))
  return days
}

onBothEngines('generations of cells', (test) => {
  it('take another zone while events arrive and the old ones are read', async () => {
    const { db, url } = test
    const uids = await people(db, 20)
    // An hour before midnight in UTC is the next day in Auckland.
    const events = uids.flatMap((uid) => [acts(uid, noon), acts(uid, noon - 13 * 3_600_000 - uid * dayMs)])
    await record(db, events)
    const old = await rebuild(db, { now })
    await db.transaction((tx) => writeSettings(tx, { timezone: 'Pacific/Auckland' }, 0))
    let building = true
    const arriving = (async () => {
      for (let n = 0; building && n < 200; n++)
        await record(db, [acts(uids[n % 20] ?? 0, noon - n * 3_600_000)])
    })()
    const engine = await renew(
      { db, now, openReader: () => openDb(url, { readonly: true }) },
      old,
      'calendar',
    )
    building = false
    await arriving
    await removeReplaced({ db, now }, engine)
    while ((await flush(db, engine, { now })) > 0);
    expect(await readRollupState(db)).toMatchObject({ zone: 'Pacific/Auckland', generation: 2 })
    expect(await checkRollups(db)).toEqual([])
    await expect(flush(db, old, { now })).rejects.toThrow('another process moved the watermark')
  })

  it('stay whole for who reads across a flip, and are removed afterwards', async () => {
    const { db, url } = test
    const [uid = 0] = await people(db, 1)
    await record(db, [acts(uid, noon)])
    await rebuild(db, { now })
    const reader = openDb(url)
    const day = Math.floor(noon / dayMs)
    const seen = await reader.snapshot(async (view) => {
      const before = await readRollupState(view)
      await db.transaction((tx) => writeSettings(tx, { timezone: 'Pacific/Auckland' }, 0))
      await rebuild(db, { now })
      const cells = await view.orm.select().from(view.t.dayCells)
      return { before, cells }
    })
    await reader.close()
    expect(seen.before?.generation).toBe(1)
    expect(seen.cells.filter(({ generation, active }) => generation === 1 && active > 0)).toMatchObject([
      { day, active: 1 },
    ])
    const left = await db.orm.select().from(db.t.dayCells)
    expect(new Set(left.map(({ generation }) => generation))).toEqual(new Set([2]))
    expect(await activeDays(db)).toEqual([day + 1])
  })

  it('take an event that is older than what is in memory', async () => {
    const { db } = test
    const [uid = 0, other = 0] = await people(db, 2)
    await record(db, [acts(uid, noon - 200 * dayMs), acts(uid, noon), acts(other, noon - 300 * dayMs)])
    await rebuild(db, { now })
    const engine = await openEngine(db)
    if (!engine) throw new Error('no generation')
    await record(db, [acts(uid, noon - 100 * dayMs), acts(other, noon), acts(other, noon - 299 * dayMs)])
    await flush(db, engine, { now })
    const today = Math.floor(noon / dayMs)
    expect(await activeDays(db)).toEqual([today - 300, today - 299, today - 200, today - 100, today, today])
    expect(await checkRollups(db)).toEqual([])
  })

  it('are built anew where too many people are out of order', async () => {
    const { db, url } = test
    const uids = await people(db, 1100)
    await record(
      db,
      uids.map((uid) => acts(uid, noon)),
    )
    const engine = await rebuild(db, { now })
    await record(
      db,
      uids.map((uid) => acts(uid, noon - 200 * dayMs)),
    )
    await expect(flush(db, engine, { now, mayGiveUp: true })).rejects.toThrow(TooManyRefolds)
    const old = await openEngine(db)
    if (!old) throw new Error('no generation')
    await renew({ db, now, openReader: () => openDb(url, { readonly: true }) }, old, 'disorder')
    expect((await readRollupState(db))?.watermark).toBe(await latestEvent(db))
    expect(await checkRollups(db)).toEqual([])
  })

  it('are made anew after a crash while people were brought ahead of them', async () => {
    const { db } = test
    const [uid = 0] = await people(db, 1)
    await record(db, [acts(uid, noon - dayMs)])
    await rebuild(db, { now })
    await record(db, [acts(uid, noon)])
    await db.transaction(async (tx) => {
      await tx.orm.update(tx.t.rollupState).set({ userChange: mending })
      await tx.orm.update(tx.t.personStates).set({ lastActiveAt: noon })
    })
    expect(await openEngine(db)).toBe(undefined)
    const engine = await rebuild(db, { now })
    expect((await db.orm.select().from(db.t.personStates))[0]?.lastActiveAt).toBe(noon - dayMs)
    while ((await flush(db, engine, { now })) > 0);
    expect(await checkRollups(db)).toEqual([])
  })

  it('can be rebuilt by another process while a thread follows', async () => {
    const { db, url } = test
    const uids = await people(db, 5)
    const rollup = startRollup({ url, logger: pino({ level: 'silent' }) })
    for (let n = 0; n < 20; n++) {
      await record(db, [acts(uids[n % 5] ?? 0, noon - n * dayMs)])
      if (n % 10 === 9) while (!(await readRollupState(db))) await new Promise(setImmediate)
      if (n % 10 === 9) await rebuild(db, { now })
    }
    while ((await readRollupState(db))?.watermark !== (await latestEvent(db))) await new Promise(setImmediate)
    await rollup.stop()
    expect(await checkRollups(db)).toEqual([])
  })
})
