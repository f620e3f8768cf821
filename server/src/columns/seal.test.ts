import { upsertPerson } from '@botdeck/shared/actions/people'
import { type NewEvent, track } from '@botdeck/shared/actions/track'
import type { Db } from '@botdeck/shared/db/db'
import { onBothEngines } from '@botdeck/shared/testing/engines'
import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { dayMs } from './event-chunk.ts'
import { eventDays } from './event-days.ts'
import { mergeChunks } from './merge.ts'
import { propertyValuesOf } from './property-values.ts'
import { resealAll, sealTail } from './seal.ts'
import { readSealedId } from './seal-state.ts'

const noon = Date.parse('2026-03-01T12:00:00Z')

async function person(db: Db, telegramId: number): Promise<number> {
  return db.transaction(async (tx) => (await upsertPerson(tx, { telegramId }, 0)).person.uid)
}

async function write(db: Db, events: NewEvent[]): Promise<number> {
  const ids = await db.transaction((tx) => track(tx, events))
  return ids.at(-1) ?? 0
}

/** What columns hold, event by event: `time uid id activity key=value`, by day and type, each chunk in brackets. */
async function sealedEvents(db: Db, keys: string[] = []): Promise<string[]> {
  return db.snapshot(async (view) => {
    const values = await propertyValuesOf(db, view)
    const lines: string[] = []
    for await (const { chunks } of eventDays(view, { sealed: await readSealedId(view), keys }))
      for (const chunk of chunks) {
        const events = Array.from({ length: chunk.length }, (_, index) => {
          const active = typeof chunk.activity === 'boolean' ? chunk.activity : chunk.activity[index] === 1
          const own = keys.flatMap((key) => {
            const codes = chunk.codes.get(key)
            return codes === undefined ? [] : [`${key}=${String(values.of(codes?.[index] ?? 0))}`]
          })
          const at = chunk.day * dayMs + (chunk.times[index] ?? 0) - noon
          return [
            at,
            chunk.uids[index],
            chunk.firstId + (chunk.ids[index] ?? 0),
            active ? 'a' : '-',
            ...own,
          ].join(' ')
        })
        lines.push(events.join(', '))
      }
    return lines
  })
}

const chunkCount = async (db: Db) =>
  (await db.all<{ n: number }>(sql`select count(*) as n from event_chunks`))[0]?.n

onBothEngines('sealing', (test) => {
  it('puts events into chunks by UTC day and type, in the order of time', async () => {
    const { db } = test
    const [ann, bob] = [await person(db, 1), await person(db, 2)]
    const last = await write(db, [
      { uid: bob, type: 'effect_viewed', at: noon + 5, props: { effectId: 'comic' } },
      { uid: ann, type: 'effect_viewed', at: noon, props: { effectId: 'pixel', more: 1 } },
      { uid: ann, type: 'own', at: noon, props: { effectId: 'pixel' } },
      { uid: ann, type: 'effect_viewed', at: noon, props: {} },
      { uid: bob, type: 'effect_viewed', at: noon + dayMs, props: { effectId: null }, activity: false },
      { uid: bob, type: 'effect_viewed', at: noon + dayMs, props: { effectId: 7 } },
      { uid: bob, type: 'started', at: noon },
    ])
    await sealTail(db, last - 1)
    expect(await readSealedId(db)).toBe(last - 1)
    expect(await sealedEvents(db, ['effectId'])).toEqual([
      `0 ${ann} 2 a effectId=pixel, 0 ${ann} 4 a effectId=undefined, 5 ${bob} 1 a effectId=comic`,
      `0 ${ann} 3 a`,
      `86400000 ${bob} 5 - effectId=undefined, 86400000 ${bob} 6 a effectId=7`,
    ])
    await sealTail(db, last)
    expect((await sealedEvents(db)).length).toBe(4)
    await sealTail(db, last)
    expect(await chunkCount(db)).toBe(4)
  })

  it('merges chunks of about one size, and keeps their order', async () => {
    const { db } = test
    const uid = await person(db, 1)
    for (const [at, effectId] of [
      [3, 'a'],
      [1, 'b'],
      [3, 'c'],
      [2, 'a'],
    ] as const)
      await sealTail(
        db,
        await write(db, [{ uid, type: 'effect_viewed', at: noon + at, props: { effectId } }]),
      )
    expect(await chunkCount(db)).toBe(4)
    expect(await mergeChunks(db)).toBe(true)
    expect(await mergeChunks(db)).toBe(false)
    expect(await sealedEvents(db, ['effectId'])).toEqual([
      `1 ${uid} 2 a effectId=b, 2 ${uid} 4 a effectId=a, 3 ${uid} 1 a effectId=a, 3 ${uid} 3 a effectId=c`,
    ])
  })

  it('has no column where a value is long', async () => {
    const { db } = test
    const uid = await person(db, 1)
    const events = ['x', 'y'.repeat(199)].map((command, index) => ({
      uid,
      type: 'command_used',
      at: noon + index * dayMs,
      props: { command },
    }))
    await sealTail(db, await write(db, events))
    expect(await sealedEvents(db, ['command'])).toEqual([`0 ${uid} 1 a command=x`, `86400000 ${uid} 2 a`])
  })

  it('makes all columns anew', async () => {
    const { db } = test
    const uid = await person(db, 1)
    for (const at of [3, 1, 2]) await sealTail(db, await write(db, [{ uid, type: 'started', at: noon + at }]))
    const done: number[] = []
    await resealAll(db, (events) => done.push(events))
    expect(await sealedEvents(db)).toEqual([`1 ${uid} 2 a, 2 ${uid} 3 a, 3 ${uid} 1 a`])
    expect(done).toEqual([3])
  })

  it('lets many days and types wait until all are stored', async () => {
    const { db } = test
    const uid = await person(db, 1)
    const last = await write(
      db,
      Array.from({ length: 150 }, (_, day) => ({ uid, type: 'started', at: noon + day * dayMs })),
    )
    await sealTail(db, last)
    expect(await chunkCount(db)).toBe(150)
    expect((await sealedEvents(db)).length).toBe(150)
  })
})
