import { personOf, setTest, upsertPerson } from '@botdeck/shared/actions/people'
import { type NewEvent, track } from '@botdeck/shared/actions/track'
import type { Db } from '@botdeck/shared/db/db'
import { onBothEngines } from '@botdeck/shared/testing/engines'
import { expect, it } from 'vitest'
import { sealTail } from '../columns/seal.ts'
import { latestEvent } from '../rollup/store.ts'
import { audienceOf } from '../stats/audience.ts'
import { withView } from '../stats/view.ts'
import { rollUp } from '../testing/stats.ts'
import type { EventQuery } from './person-events.ts'
import { forEachPerson } from './scan.ts'

const now = Date.parse('2026-05-13T12:00:00Z')

async function person(db: Db, telegramId: number): Promise<number> {
  return db.transaction(async (tx) => (await upsertPerson(tx, { telegramId }, 0)).person.uid)
}

const write = (db: Db, events: NewEvent[]) => db.transaction((tx) => track(tx, events))

/** Seals everything and brings the cells up to date. */
async function seal(db: Db): Promise<void> {
  await sealTail(db, await latestEvent(db))
  await rollUp(db, now)
}

/** What a scan tells: `uid: type@time-after-now mark value …`. */
function told(db: Db, query: Omit<EventQuery, 'audience'>): Promise<string[]> {
  return withView(db, { now, weekStart: undefined }, async (view) => {
    const lines: string[] = []
    const audience = await audienceOf(view, {}, query.steps)
    await forEachPerson(view, { ...query, audience }, (events) => {
      const parts: string[] = []
      for (let index = events.start; index < events.end; index++) {
        const at = (events.at[index] ?? 0) - now
        const value = query.property === undefined ? '' : ` ${JSON.stringify(events.value(index))}`
        parts.push(`${events.type(index)}@${at} ${events.marks[index]}${value}`)
      }
      lines.push(`${events.uid}: ${parts.join(', ')}`)
    })
    return lines
  })
}

onBothEngines('a scan of columns', (test) => {
  it('puts events of one instant in the order of their arrival, wherever they are', async () => {
    const { db } = test
    const ann = await person(db, 1)
    const types = ['own', 'started', 'store_viewed']
    for (const type of types) await write(db, [{ uid: ann, type, at: now }])
    await sealTail(db, await latestEvent(db))
    await write(db, [{ uid: ann, type: 'started', at: now }])
    await seal(db)
    await write(db, [{ uid: ann, type: 'own', at: now }])
    await rollUp(db, now)
    expect(await told(db, { steps: [{ event: null }] })).toEqual([
      `${ann}: own@0 1, started@0 1, store_viewed@0 1, started@0 1, own@0 1`,
    ])
  })

  it('tells a person with very many events a day in order', async () => {
    const { db } = test
    const [ann, bob] = [await person(db, 1), await person(db, 2)]
    const many = Array.from({ length: 3000 }, (_, index) => ({
      uid: ann,
      type: index % 3 === 0 ? 'started' : 'store_viewed',
      // In a muddle: 1009 has no divisor in common with 3000.
      at: now + ((index * 1009) % 3000),
    }))
    await write(db, [...many, { uid: bob, type: 'started', at: now }])
    await seal(db)
    await withView(db, { now, weekStart: undefined }, async (view) => {
      const audience = await audienceOf(view, {})
      const steps = [{ event: 'started' }, { event: 'store_viewed' }]
      const counts: number[] = []
      await forEachPerson(view, { steps, audience }, ({ start, end, at, marks }) => {
        counts.push(end - start)
        for (let index = start; index < end; index++) {
          if (end - start > 1) expect(at[index]).toBe(now + index - start)
          const place = end - start > 1 ? many.find((event) => event.at === at[index]) : { type: 'started' }
          expect(marks[index]).toBe(place?.type === 'started' ? 1 : 2)
        }
      })
      expect(counts).toEqual([3000, 1])
    })
  })

  it('leaves staff out, and keeps activity that no step matches when asked', async () => {
    const { db } = test
    const [ann, bob] = [await person(db, 1), await person(db, 2)]
    await write(db, [
      { uid: ann, type: 'started', at: now - 2 },
      { uid: bob, type: 'started', at: now - 2 },
      { uid: ann, type: 'store_viewed', at: now - 1 },
      { uid: ann, type: 'message_sent', at: now },
      { uid: ann, type: 'message_sent', at: now, activity: true },
    ])
    await db.transaction(async (tx) => setTest(tx, await personOf(tx, bob), true, now))
    await seal(db)
    const steps = [{ event: 'started' }]
    expect(await told(db, { steps })).toEqual([`${ann}: started@-2 1`])
    expect(await told(db, { steps, withActivity: true })).toEqual([
      `${ann}: started@-2 1, store_viewed@-1 0, message_sent@0 0`,
    ])
    expect(await told(db, { steps: [], withActivity: true, from: now - 1, to: now })).toEqual([
      `${ann}: store_viewed@-1 0`,
    ])
  })

  it('tells values apart that are written alike', async () => {
    const { db } = test
    const ann = await person(db, 1)
    const values = ['7', 7, true, 'true', { a: 1 }, '{"a":1}', null, '', [1]]
    await write(
      db,
      values.map((effectId, index) => ({
        uid: ann,
        type: 'effect_viewed',
        at: now + index,
        props: { effectId },
      })),
    )
    await seal(db)
    await write(db, [{ uid: ann, type: 'effect_viewed', at: now + 9, props: { effectId: '7' } }])
    await rollUp(db, now)
    const texts = values.map((value) => (value === null ? undefined : JSON.stringify(value)))
    const [line] = await told(db, { steps: [{ event: 'effect_viewed' }], property: 'effectId' })
    const shown = [...texts, '"7"'].map((text, index) => `effect_viewed@${index} 1 ${text}`)
    expect(line).toBe(`${ann}: ${shown.join(', ')}`)
    const seven = { scope: 'event' as const, key: 'effectId', op: 'eq' as const, value: 7 }
    expect(await told(db, { steps: [{ event: 'effect_viewed', where: [seven] }] })).toEqual([
      `${ann}: effect_viewed@0 1, effect_viewed@1 1, effect_viewed@9 1`,
    ])
  })

  it('knows values whatever the width of their codes', async () => {
    const { db } = test
    const ann = await person(db, 1)
    await db.transaction((tx) =>
      tx.orm.insert(tx.t.propertyValues).values([
        { code: 300, value: '"mid"' },
        { code: 70_000, value: '"far"' },
      ]),
    )
    const values = ['mid', 'far', 'mid']
    const events = values.map((effectId, index) => ({
      uid: ann,
      type: 'effect_viewed',
      at: now + index * 86_400_000,
      props: { effectId },
    }))
    await write(db, [...events, { uid: ann, type: 'effect_viewed', at: now + 1 }])
    await seal(db)
    const widths = await db.orm.select({ width: db.t.chunkCodes.width }).from(db.t.chunkCodes)
    expect(widths.map(({ width }) => width).sort()).toEqual([2, 2, 4])
    expect(await told(db, { steps: [{ event: 'effect_viewed' }], property: 'effectId' })).toEqual([
      `${ann}: effect_viewed@0 1 "mid", effect_viewed@1 1 undefined, effect_viewed@86400000 1 "far", effect_viewed@172800000 1 "mid"`,
    ])
  })
})
