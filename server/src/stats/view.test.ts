import { writeSettings } from '@botdeck/shared/actions/settings'
import { track } from '@botdeck/shared/actions/track'
import { blueprintNow as now, writeBlueprint } from '@botdeck/shared/testing/blueprint'
import { onBothEngines } from '@botdeck/shared/testing/engines'
import { expect, it } from 'vitest'
import { rebuild } from '../rollup/rebuild.ts'
import { ask, rollUp } from '../testing/stats.ts'

const today = { from: '2026-04-01', to: '2026-04-01' }
const later = now + 30_000

onBothEngines('the view of a stat', (test) => {
  it('is that of the last flush while the cells are behind', async () => {
    const { db } = test
    const uids = await writeBlueprint(db, () => rollUp(db, now))
    await db.transaction((tx) => track(tx, [{ uid: uids.kim, type: 'started', at: now }]))
    const activity = () => ask(db, 'activity', { params: today, now: later })
    expect(await activity()).toMatchObject({ asOf: '2026-04-01T10:07:00.000Z', points: [{ dau: 2 }] })
    await rollUp(db, later)
    expect(await activity()).toMatchObject({ asOf: '2026-04-01T10:07:30.000Z', points: [{ dau: 3 }] })
  })

  it('keeps the zone of the cells until they are made anew', async () => {
    const { db } = test
    await writeBlueprint(db, () => rollUp(db, now))
    await db.transaction((tx) => writeSettings(tx, { timezone: 'UTC' }, now))
    const activity = () => ask(db, 'activity', { params: today, now })
    expect(await activity()).toMatchObject({ timezone: 'Europe/Berlin', points: [{ dau: 2 }] })
    await rebuild(db, { now: () => now })
    // In UTC gus looked at his picture on 31 March.
    expect(await activity()).toMatchObject({ timezone: 'UTC', points: [{ dau: 1 }] })
  })

  it('answers before there are any cells', async () => {
    const { db } = test
    await writeBlueprint(db, async () => {})
    const answer = await ask(db, 'activity', { params: today, now })
    expect(answer).toMatchObject({
      asOf: '2026-04-01T10:07:00.000Z',
      points: [{ dau: 0, mau: 0, ratio: null }],
    })
  })
})
