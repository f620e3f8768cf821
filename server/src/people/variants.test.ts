import { upsertPerson } from '@botdeck/shared/actions/people'
import { track } from '@botdeck/shared/actions/track'
import { onBothEngines } from '@botdeck/shared/testing/engines'
import { expect, it } from 'vitest'
import { withView } from '../stats/view.ts'
import { rollUp } from '../testing/stats.ts'
import { variantsOf } from './variants.ts'

const now = Date.parse('2026-05-13T12:00:00Z')
const hour = 3_600_000

onBothEngines('variants in memory', (test) => {
  const expose = (person: number, at: number, variant: string | null, experiment = 'button') =>
    test.db.transaction(async (tx) => {
      const { person: known } = await upsertPerson(tx, { telegramId: person }, at)
      const props = { experiment, variant }
      await track(tx, [{ uid: known.uid, type: 'experiment_exposed', at, props }])
      return known.uid
    })
  const variants = async (uids: number[], experiment = 'button') => {
    await rollUp(test.db, now)
    return withView(test.db, { now, weekStart: undefined }, async (view) => {
      const column = await variantsOf(view, experiment)
      return uids.map((uid) => column.of(uid))
    })
  }

  it('are those of the first exposure, however they arrive', async () => {
    const ann = await expose(1, now - 5 * hour, 'large')
    const bob = await expose(2, now - 4 * hour, 'control')
    await expose(1, now - 4 * hour, 'control')
    expect(await variants([ann, bob])).toEqual(['large', 'control'])
    // Between two questions: a later one changes nothing, an earlier one decides, one without a variant is none.
    await expose(1, now - 1 * hour, 'control')
    await expose(2, now - 6 * hour, 'large')
    await expose(2, now - 6 * hour, 'control')
    const cat = await expose(3, now - 6 * hour, null)
    const dan = await expose(4, now - 6 * hour, 'large', 'another')
    expect(await variants([ann, bob, cat, dan])).toEqual(['large', 'large', undefined, undefined])
    expect(await variants([ann, dan], 'another')).toEqual([undefined, 'large'])
  })
})
