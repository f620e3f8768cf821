import { upsertPerson } from '@botdeck/shared/actions/people'
import { type NewEvent, track } from '@botdeck/shared/actions/track'
import type { Db } from '@botdeck/shared/db/db'
import { onBothEngines } from '@botdeck/shared/testing/engines'
import { describe, expect, it } from 'vitest'
import type { EventChunk } from './event-chunk.ts'
import { FreeKeys, keyList } from './free-keys.ts'
import { mergeChunks, merged } from './merge.ts'
import { resealAll, sealTail } from './seal.ts'

describe('the free keys of events', () => {
  it('are names as JSON parses them, each once', () => {
    const keys = new FreeKeys(['effectId'])
    for (const text of ['{"a":1,"effectId":"x"}', '{"\\u0061":2,"b":1,"b":2}', '{"a":1,"effectId":"x"}'])
      keys.addText(text)
    expect(keys.list([])).toEqual(['a', 'b'])
    expect(keys.list(['effectId'])).toEqual(['a', 'b', 'effectId'])
  })

  it('may be empty, a name that objects inherit, or beyond ASCII', () => {
    const keys = new FreeKeys([])
    keys.addText('{"__proto__":{"deep":1},"":1,"имя":2,"toString":3,"\\ud83d\\ude00":4}')
    expect(keys.list([])).toEqual(['', '__proto__', 'toString', 'имя', '😀'])
  })

  it('are not listed where there are more than 40, or one is longer than 100', () => {
    const names = Array.from({ length: 41 }, (_, index) => `name${index}`)
    expect(keyList(new Set(names.slice(1)))?.length).toBe(40)
    expect(keyList(new Set(names))).toBeNull()
    expect(keyList(new Set(['x'.repeat(100)]))).toEqual(['x'.repeat(100)])
    expect(keyList(new Set(['x'.repeat(101)]))).toBeNull()
    const keys = new FreeKeys([])
    for (const name of names) keys.addText(JSON.stringify({ [name]: 1 }))
    keys.addText('{"late":1}')
    expect(keys.list([])).toBeNull()
  })
})

describe('a merged chunk', () => {
  const part = (firstId: number, own: Pick<EventChunk, 'codes' | 'freeKeys'>): EventChunk => ({
    day: 20_000,
    type: 1,
    length: 1,
    firstId,
    lastId: firstId,
    uids: Uint32Array.of(1),
    times: Uint32Array.of(0),
    ids: Uint32Array.of(0),
    activity: true,
    ...own,
  })

  it('lists a column that a part from before the plan had it lacks, if an event has a value', () => {
    const old = part(1, { codes: new Map(), freeKeys: ['own'] })
    const late = {
      codes: new Map([
        ['method', Uint8Array.of(3)],
        ['reason', null],
      ] as const),
      freeKeys: [],
    }
    expect(merged([old, part(2, late)]).freeKeys).toEqual(['method', 'own'])
    expect(merged([part(2, late), part(3, late)]).freeKeys).toEqual([])
  })
})

const noon = Date.parse('2026-03-01T12:00:00Z')

async function sealed(db: Db, type: string, props: NewEvent['props'][]): Promise<void> {
  const last = await db.transaction(async (tx) => {
    const { uid } = (await upsertPerson(tx, { telegramId: 1 }, 0)).person
    const ids = await track(
      tx,
      props.map((own) => ({ uid, type, at: noon, props: own })),
    )
    return ids.at(-1) ?? 0
  })
  await sealTail(db, last)
}

const lists = async (db: Db) => {
  const { chunkKeys } = db.t
  return (await db.orm.select().from(chunkKeys).orderBy(chunkKeys.chunk)).map(({ keys }) => keys)
}

onBothEngines('chunks', (test) => {
  it('list the keys that no column of them holds', async () => {
    const { db } = test
    await sealed(db, 'started', [undefined, undefined])
    await sealed(db, 'own', [{ effectId: 'comic' }, { more: 1, effectId: null }])
    await sealed(db, 'effect_viewed', [{ effectId: 'comic', more: 1 }])
    await sealed(db, 'effect_viewed', [{ effectId: 'x'.repeat(300) }])
    expect(await lists(db)).toEqual([[], ['effectId', 'more'], ['more'], ['effectId']])
    await resealAll(db)
    expect((await lists(db)).map(String).sort()).toEqual(['', 'effectId,more', 'effectId,more'])
  })

  it('unite them where they are merged, with those of columns that not all have', async () => {
    const { db } = test
    const parts = [{ effectId: 'a' }, { effectId: 'x'.repeat(300) }, { effectId: 'b', one: 1 }, { two: 2 }]
    for (const props of parts) await sealed(db, 'effect_viewed', [props])
    expect(await mergeChunks(db)).toBe(true)
    expect(await lists(db)).toEqual([['effectId', 'one', 'two']])
  })

  it('know none after a merge where one of them did not', async () => {
    const { db } = test
    await sealed(db, 'own', [{ old: 1 }])
    await db.transaction((tx) => tx.orm.delete(tx.t.chunkKeys))
    for (const props of [{ a: 1 }, { b: 1 }, { c: 1 }]) await sealed(db, 'own', [props])
    expect(await mergeChunks(db)).toBe(true)
    expect(await lists(db)).toEqual([])
  })
})
