import { personOf, setTest, upsertPerson } from '@botdeck/shared/actions/people'
import { track } from '@botdeck/shared/actions/track'
import type { Db } from '@botdeck/shared/db/db'
import { onBothEngines } from '@botdeck/shared/testing/engines'
import { expect, it } from 'vitest'
import { withView } from '../stats/view.ts'
import { rollUp } from '../testing/stats.ts'
import { readActiveDays } from './read-active-days.ts'

const dayMs = 86_400_000
const noon = Date.parse('2026-03-10T12:00:00Z')

async function person(db: Db, telegramId: number): Promise<number> {
  return db.transaction(async (tx) => (await upsertPerson(tx, { telegramId }, 0)).person.uid)
}

/** Records that people were active, `ago` days before the tenth, and takes it into the cells. */
async function act(db: Db, uids: readonly number[], ago: number): Promise<void> {
  const at = noon - ago * dayMs
  await db.transaction((tx) =>
    track(
      tx,
      uids.map((uid) => ({ uid, type: 'effect_viewed', at })),
    ),
  )
  await rollUp(db, noon)
}

/** Days before the tenth, and who was active on them. */
function days(db: Db, includeStaff = false): Promise<[ago: number, uids: number[]][]> {
  return withView(db, { now: noon, weekStart: undefined }, async (view) => {
    const found: [number, number[]][] = []
    for await (const { day, uids } of readActiveDays(view, { includeStaff }))
      found.push([Math.floor(noon / dayMs) - day, [...uids].sort()])
    return found
  })
}

onBothEngines('days of activity', (test) => {
  it('are those of the database however often they were read before', async () => {
    const { db } = test
    const [ann, bob, cat] = [await person(db, 1), await person(db, 2), await person(db, 3)]
    await act(db, [ann], 2)
    await act(db, [bob], 0)
    expect(await days(db)).toEqual([
      [2, [ann]],
      [0, [bob]],
    ])
    // One more today, one late, one on a day of their own; the first answer was remembered.
    await act(db, [cat], 0)
    await act(db, [bob], 2)
    await act(db, [bob], 1)
    const after = [
      [2, [ann, bob]],
      [1, [bob]],
      [0, [bob, cat]],
    ]
    expect(await days(db)).toEqual(after)
    expect(await days(db)).toEqual(after)
  })

  it('let go of who became staff, and take them back', async () => {
    const { db } = test
    const [ann, bob] = [await person(db, 1), await person(db, 2)]
    await act(db, [ann], 1)
    await act(db, [ann, bob], 0)
    const everybody = [
      [1, [ann]],
      [0, [ann, bob]],
    ]
    expect(await days(db)).toEqual(everybody)
    const mark = async (isTest: boolean) => {
      await db.transaction(async (tx) => setTest(tx, await personOf(tx, ann), isTest, noon))
      await rollUp(db, noon)
    }
    await mark(true)
    expect(await days(db)).toEqual([[0, [bob]]])
    expect(await days(db, true)).toEqual([
      [1, [ann]],
      [0, [bob]],
      [0, [ann]],
    ])
    await mark(false)
    expect(await days(db)).toEqual(everybody)
  })
})
