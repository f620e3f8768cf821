import { mergeProps, personOf, setBlocked, setTest, upsertPerson } from '@botdeck/shared/actions/people'
import { saveSegment } from '@botdeck/shared/actions/saved-segments'
import { track } from '@botdeck/shared/actions/track'
import type { Db } from '@botdeck/shared/db/db'
import { openDb } from '@botdeck/shared/db/open'
import type { Condition } from '@botdeck/shared/domain/conditions'
import { onBothEngines } from '@botdeck/shared/testing/engines'
import { eq, sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { audienceOf } from '../stats/audience.ts'
import { withView } from '../stats/view.ts'
import { rollUp } from '../testing/stats.ts'

const now = Date.parse('2026-05-13T12:00:00Z')
const dayMs = 86_400_000

/** Makes a person whose uid is that of their place in the order of making. */
async function person(db: Db, telegramId: number, languageCode: string | null = null): Promise<number> {
  return db.transaction(async (tx) => (await upsertPerson(tx, { telegramId, languageCode }, now)).person.uid)
}

/** Who passes, by uid. */
function pass(db: Db, ...conditions: Omit<Condition, 'scope'>[]): Promise<number[]> {
  const where = conditions.map((condition) => ({ scope: 'user' as const, ...condition }))
  return withView(db, { now, weekStart: undefined }, async (view) => {
    const { mask } = await audienceOf(view, { where })
    return [...(mask ?? [])].flatMap((counted, uid) => (counted === 1 && uid > 0 ? [uid] : []))
  })
}

const language = (value: string) => ({ key: 'language', op: 'eq' as const, value })

onBothEngines('attributes in memory', (test) => {
  it('follow every change of a person', async () => {
    const { db } = test
    const [ann, bob] = [await person(db, 1, 'en'), await person(db, 2, 'de')]
    expect(await pass(db, language('en'))).toEqual([ann])
    expect(await pass(db, { key: 'referredBy', op: 'is_set' })).toEqual([])
    await person(db, 2, 'en')
    const cat = await person(db, 3, 'en')
    expect(await pass(db, language('en'))).toEqual([ann, bob, cat])
    expect(await pass(db, language('de'))).toEqual([])
    const { users } = db.t
    await db.transaction(async (tx) => {
      await tx.orm.update(users).set({ referredBy: ann, credits: 0, purchases: 12 }).where(eq(users.uid, cat))
      await setBlocked(tx, await personOf(tx, bob), { blocked: true, at: now })
    })
    expect(await pass(db, { key: 'referredBy', op: 'eq', value: 1 })).toEqual([cat])
    expect(await pass(db, { key: 'blocked', op: 'eq', value: true })).toEqual([bob])
    expect(await pass(db, { key: 'credits', op: 'le', value: 0 })).toEqual([cat])
    expect(await pass(db, { key: 'credits', op: 'ne', value: '0' })).toEqual([ann, bob])
    expect(await pass(db, { key: 'purchases', op: 'contains', value: '2' })).toEqual([cat])
    // Who is forgotten has no id any more, and neither has the referrer of those whom they invited.
    await db.transaction((tx) => tx.orm.update(users).set({ telegramId: null }).where(eq(users.uid, ann)))
    expect(await pass(db, { key: 'referredBy', op: 'eq', value: 1 })).toEqual([])
    expect(await pass(db, { key: 'id', op: 'is_not_set' })).toEqual([ann])
  })

  it('follow events as far as the cells have taken them', async () => {
    const { db } = test
    const [ann, bob] = [await person(db, 1), await person(db, 2)]
    const started = (uid: number, at: number) =>
      db.transaction((tx) => track(tx, [{ uid, type: 'started', at }]))
    await started(ann, now - 3 * dayMs)
    await rollUp(db, now)
    const active = { key: 'daysSinceActive', op: 'le' as const, value: 3 }
    expect(await pass(db, active)).toEqual([ann])
    await started(bob, now - dayMs)
    expect(await pass(db, active)).toEqual([ann])
    await rollUp(db, now)
    expect(await pass(db, active)).toEqual([ann, bob])
    expect(await pass(db, { ...active, value: 1 })).toEqual([bob])
    await db.transaction(async (tx) => setTest(tx, await personOf(tx, bob), true, now))
    expect(await pass(db, active)).toEqual([ann, bob])
    await rollUp(db, now)
    expect(await pass(db, active)).toEqual([ann])
  })

  it('are read anew where changes were deleted before they were seen', async () => {
    const { db } = test
    const ann = await person(db, 1, 'en')
    expect(await pass(db, language('en'))).toEqual([ann])
    await person(db, 1, 'de')
    const bob = await person(db, 2, 'de')
    await person(db, 3)
    await db.transaction((tx) =>
      tx.run(sql`delete from user_changes where id < (select max(id) from user_changes)`),
    )
    expect(await pass(db, language('de'))).toEqual([ann, bob])
  })

  it('are known to segments that rest on one another, and to names that few people have', async () => {
    const { db } = test
    const [ann, bob, cat] = [await person(db, 1, 'en'), await person(db, 2, 'en'), await person(db, 3, 'de')]
    const user = (key: string, op: Condition['op'], value: string) => ({
      scope: 'user' as const,
      key,
      op,
      value,
    })
    await db.transaction(async (tx) => {
      await mergeProps(tx, await personOf(tx, bob), { 'a "plan"': 'pro' })
      await mergeProps(tx, await personOf(tx, cat), { other: { 'a "plan"': 'pro' } })
      const by = { createdBy: 1 }
      await saveSegment(tx, { name: 'pro', conditions: [user('a "plan"', 'eq', 'pro')], ...by }, now)
      await saveSegment(
        tx,
        { name: 'rest', conditions: [user('language', 'eq', 'en'), user('segment', 'ne', 'pro')], ...by },
        now,
      )
    })
    expect(await pass(db, { key: 'segment', op: 'eq', value: 'pro' })).toEqual([bob])
    expect(await pass(db, { key: 'segment', op: 'eq', value: 'rest' })).toEqual([ann])
    expect(await pass(db, { key: 'segment', op: 'eq', value: ['rest', 'pro'] })).toEqual([ann, bob])
    expect(await pass(db, { key: 'segment', op: 'ne', value: ['rest', 'nothing'] })).toEqual([bob, cat])
    expect(await pass(db, { key: 'segment', op: 'contains', value: 'R' })).toEqual([ann, bob])
    expect(await pass(db, { key: 'segment', op: 'is_not_set' })).toEqual([cat])
  })

  it("follow properties of people's own, of whatever type", async () => {
    const { db } = test
    const [ann, bob, cat] = [await person(db, 1), await person(db, 2), await person(db, 3)]
    const give = (uid: number, props: Record<string, unknown>) =>
      db.transaction(async (tx) => mergeProps(tx, await personOf(tx, uid), props))
    await give(ann, { plan: 'pro', level: 3 })
    await give(bob, { plan: null, level: '3' })
    const pro = { key: 'plan', op: 'eq' as const, value: 'pro' }
    const third = { key: 'level', op: 'eq' as const, value: 3 }
    expect(await pass(db, pro)).toEqual([ann])
    expect(await pass(db, third)).toEqual([ann, bob])
    await give(ann, { plan: true })
    await give(cat, { plan: 'pro', level: 4 })
    expect(await pass(db, pro)).toEqual([cat])
    expect(await pass(db, { key: 'plan', op: 'is_not_set' })).toEqual([bob])
    expect(await pass(db, { key: 'plan', op: 'eq', value: true })).toEqual([ann])
    expect(await pass(db, { key: 'level', op: 'gt', value: 3 })).toEqual([cat])
    // Others that were asked for since do not change the answer, however many.
    for (let other = 0; other < 12; other++) await pass(db, { key: `other${other}`, op: 'is_set' })
    expect(await pass(db, pro, { ...third, value: 4 })).toEqual([cat])
  })

  it('stay for a question that asks for more of them than are kept, and for a variant first', async () => {
    const { db } = test
    const ann = await person(db, 1)
    const names = Array.from({ length: 12 }, (_, index) => `trait${index}`)
    const traits = Object.fromEntries(names.map((name) => [name, 'yes']))
    await db.transaction(async (tx) => {
      await mergeProps(tx, await personOf(tx, ann), traits)
      const props = { experiment: 'price', variant: 'b' }
      await track(tx, [{ uid: ann, type: 'experiment_exposed', at: now, props }])
    })
    await rollUp(db, now)
    const asked = names.map((key) => ({ key, op: 'eq' as const, value: 'yes' }))
    expect(await pass(db, { key: 'variant:price', op: 'eq', value: 'b' }, ...asked)).toEqual([ann])
  })

  it('have names, which are as many as people', async () => {
    const { db } = test
    const ann = await person(db, 1)
    const { users } = db.t
    const rename = (username: string) =>
      db.transaction((tx) => tx.orm.update(users).set({ username }).where(eq(users.uid, ann)))
    await rename('ann')
    expect(await pass(db, { key: 'username', op: 'eq', value: 'ann' })).toEqual([ann])
    await rename('anna')
    expect(await pass(db, { key: 'username', op: 'eq', value: 'ann' })).toEqual([])
    expect(await pass(db, { key: 'username', op: 'contains', value: 'NNA' })).toEqual([ann])
    expect(await pass(db, { key: 'firstName', op: 'is_set' })).toEqual([])
  })

  it('have the variant of the first exposure', async () => {
    const { db } = test
    const [ann, bob, cat] = [await person(db, 1), await person(db, 2), await person(db, 3)]
    const exposed = (uid: number, at: number, variant: string, experiment = 'price') => ({
      uid,
      type: 'experiment_exposed',
      at,
      props: { experiment, variant },
    })
    await db.transaction((tx) =>
      track(tx, [
        exposed(ann, now - 1, 'b'),
        exposed(bob, now, 'b'),
        exposed(bob, now, 'a'),
        exposed(ann, now - 2, 'a'),
        exposed(cat, now, 'b', 'colour'),
      ]),
    )
    expect(await pass(db, { key: 'variant:price', op: 'is_set' })).toEqual([])
    await rollUp(db, now)
    expect(await pass(db, { key: 'variant:price', op: 'eq', value: 'a' })).toEqual([ann])
    expect(await pass(db, { key: 'variant:price', op: 'eq', value: 'b' })).toEqual([bob])
    expect(await pass(db, { key: 'variant:price', op: 'ne', value: 'b' })).toEqual([ann, cat])
    expect(await pass(db, { key: 'variant:nothing', op: 'is_not_set' })).toEqual([ann, bob, cat])
  })

  it('miss no change that is committed after a later one', async () => {
    const { db, url } = test
    if (db.engine === 'sqlite') return
    const ann = await person(db, 1, 'en')
    await person(db, 2, 'en')
    expect((await pass(db, language('en'))).length).toBe(2)
    const other = openDb(url)
    let commit = () => {}
    const waits = new Promise<void>((resolve) => {
      commit = resolve
    })
    let written = () => {}
    const isWritten = new Promise<void>((resolve) => {
      written = resolve
    })
    const slow = other.transaction(async (tx) => {
      await upsertPerson(tx, { telegramId: 1, languageCode: 'de' }, now)
      written()
      await waits
    })
    await isWritten
    await person(db, 2, 'fr')
    expect(await pass(db, language('en'))).toEqual([ann])
    commit()
    await slow
    await other.close()
    expect(await pass(db, language('de'))).toEqual([ann])
  })
})
