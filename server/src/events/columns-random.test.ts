import { upsertPerson } from '@botdeck/shared/actions/people'
import { type NewEvent, track } from '@botdeck/shared/actions/track'
import type { Db } from '@botdeck/shared/db/db'
import type { Condition, Step } from '@botdeck/shared/domain/conditions'
import { onBothEngines } from '@botdeck/shared/testing/engines'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { mergeChunks } from '../columns/merge.ts'
import { resealAll, sealTail } from '../columns/seal.ts'
import { latestEvent } from '../rollup/store.ts'
import { audienceOf } from '../stats/audience.ts'
import { type View, withView } from '../stats/view.ts'
import { forEachPersonOfRows } from '../testing/event-rows.ts'
import { rollUp } from '../testing/stats.ts'
import type { EventQuery } from './person-events.ts'
import { forEachPerson } from './scan.ts'

const now = Date.parse('2026-03-20T00:00:00Z')
const hourMs = 3_600_000
const people = 6

/** A name that JSON writes with escapes, beside letters beyond ASCII. */
const oddKey = 'имя "x"\\\n😀'
/** More names than a chunk lists. */
const many = Object.fromEntries(Array.from({ length: 45 }, (_, index) => [`name${index}`, index]))

/** Few instants, so that many events have the same one. */
const event = fc.record({
  person: fc.nat(people - 1),
  type: fc.constantFrom('started', 'effect_viewed', 'generation_failed', 'message_sent', 'own', 'own too'),
  at: fc.nat(12).map((places) => now - places * 7 * hourMs),
  activity: fc.constantFrom(undefined, undefined, true, false),
  props: fc.constantFrom(
    undefined,
    { effectId: 'comic' },
    { effectId: 'pixel', processingMs: 12 },
    { effectId: null },
    { effectId: { deep: ['comic'] } },
    { effectId: '{"deep":["comic"]}' },
    { effectId: 'x'.repeat(300) },
    { effectId: 7, free: 'effectId' },
    { free: 'a "quoted" word', errorType: 'timeout' },
    JSON.parse('{"__proto__":"comic","":"pixel"}') as Record<string, unknown>,
    { [oddKey]: 'comic', nested: { effectId: 'comic' } },
    { [oddKey]: 'comic', ['long'.repeat(40)]: 1, effectId: 'comic' },
    { ...many, effectId: 'pixel' },
  ),
})

const happening = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({ kind: fc.constant('events' as const), events: fc.array(event, { maxLength: 6 }) }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('seal' as const), back: fc.nat(4) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('merge' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reseal' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('forget' as const) }) },
)

const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({
    scope: fc.constant('event' as const),
    key: fc.constantFrom(
      'effectId',
      'effectId',
      'processingMs',
      'free',
      'errorType',
      '__proto__',
      '',
      oddKey,
    ),
    op: fc.constantFrom('eq' as const, 'ne' as const, 'contains' as const, 'not_contains' as const),
    value: fc.constantFrom<unknown>('comic', 'pixel', ['7', 'timeout'], '{"deep":["comic"]}', 'o'),
  }),
  fc.record({
    scope: fc.constant('event' as const),
    key: fc.constantFrom('effectId', 'free', '__proto__', '', oddKey),
    op: fc.constantFrom('is_set' as const, 'is_not_set' as const),
  }),
  fc.record({
    scope: fc.constant('user' as const),
    key: fc.constant('language'),
    op: fc.constantFrom('eq' as const, 'ne' as const),
    value: fc.constant('de'),
  }),
)

const step: fc.Arbitrary<Step> = fc.record({
  event: fc.constantFrom(null, 'started', 'effect_viewed', ['own', 'generation_failed'], 'nobody sent this'),
  where: fc.array(condition, { maxLength: 2 }),
})

const query = fc.record({
  steps: fc.array(step, { maxLength: 4 }),
  where: fc.array(
    condition.filter(({ scope }) => scope === 'event'),
    { maxLength: 1 },
  ),
  from: fc.option(
    fc.nat(14).map((places) => now - places * 7 * hourMs),
    { nil: undefined },
  ),
  to: fc.option(
    fc.nat(10).map((places) => now - places * 7 * hourMs),
    { nil: undefined },
  ),
  withActivity: fc.boolean(),
  property: fc.constantFrom(undefined, 'effectId', 'effectId', 'free', 'errorType', oddKey),
})

type Asked = typeof query extends fc.Arbitrary<infer Q> ? Q : never
type Happening = typeof happening extends fc.Arbitrary<infer H> ? H : never

async function clear(db: Db): Promise<void> {
  const { t } = db
  const cells = [t.activeDays, t.dayCells, t.typeCells, t.quarterCells, t.firstCells, t.cohortCells]
  await db.transaction(async (tx) => {
    for (const table of [
      t.chunkCodes,
      t.eventChunks,
      t.columnsState,
      ...cells,
      t.personStates,
      t.rollupState,
      t.events,
      t.users,
    ])
      await tx.orm.delete(table)
  })
}

async function happen(db: Db, uids: readonly number[], what: Happening): Promise<void> {
  if (what.kind === 'events')
    await db.transaction((tx) =>
      track(
        tx,
        what.events.map(({ person, ...rest }): NewEvent => ({ ...rest, uid: uids[person] ?? 0 })),
      ),
    )
  if (what.kind === 'seal') await sealTail(db, (await latestEvent(db)) - what.back)
  if (what.kind === 'merge') await mergeChunks(db)
  if (what.kind === 'reseal') await resealAll(db)
  // Chunks from before they listed their keys.
  if (what.kind === 'forget') await db.transaction((tx) => tx.orm.delete(tx.t.chunkKeys))
}

/** Everybody whom a scan tells, with their events. */
async function told(
  view: View,
  asked: EventQuery,
  scan: typeof forEachPerson,
): Promise<{ uid: number; events: unknown[] }[]> {
  const found: { uid: number; events: unknown[] }[] = []
  await scan(view, asked, (person) => {
    const events: unknown[] = []
    for (let index = person.start; index < person.end; index++)
      events.push([person.at[index], person.marks[index], person.type(index), person.value(index)])
    found.push({ uid: person.uid, events })
  })
  return found
}

onBothEngines('events from columns', (test) => {
  it('are those of the rows, whatever the order of arrival, of sealing and of merging', async () => {
    const { db } = test
    const history = fc.array(happening, { minLength: 8, maxLength: 30 })
    const check = async (happenings: Happening[], asked: Asked[]) => {
      await clear(db)
      const uids: number[] = []
      await db.transaction(async (tx) => {
        for (let id = 1; id <= people; id++) {
          const facts = { telegramId: id, languageCode: id % 2 === 0 ? 'de' : 'en' }
          uids.push((await upsertPerson(tx, facts, 0)).person.uid)
        }
      })
      for (const what of happenings) await happen(db, uids, what)
      await rollUp(db, now)
      const [first, ...more] = asked
      await compare(db, asked)
      await sealTail(db, await latestEvent(db))
      while (await mergeChunks(db));
      await compare(db, more)
      await resealAll(db)
      if (first) await compare(db, [first])
    }
    const compare = (on: Db, asked: Asked[]) =>
      withView(on, { now, weekStart: undefined }, async (latest) => {
        // A watermark that columns are ahead of, too.
        for (const view of [latest, { ...latest, watermark: latest.watermark - 3 }])
          for (const parts of asked) {
            const audience = await audienceOf(view, {}, parts.steps)
            const rows = await told(view, { ...parts, audience }, forEachPersonOfRows)
            expect(await told(view, { ...parts, audience }, forEachPerson)).toEqual(rows)
          }
      })
    const property = fc.asyncProperty(history, fc.array(query, { minLength: 4, maxLength: 8 }), check)
    await fc.assert(property, { numRuns: 25, seed: 20260320 })
  })
})
