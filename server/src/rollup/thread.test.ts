import { setTimeout as wait } from 'node:timers/promises'
import { upsertPerson } from '@botdeck/shared/actions/people'
import { writeSettings } from '@botdeck/shared/actions/settings'
import { track } from '@botdeck/shared/actions/track'
import type { Db } from '@botdeck/shared/db/db'
import { onBothEngines } from '@botdeck/shared/testing/engines'
import { pino } from 'pino'
import { expect, it } from 'vitest'
import { checkRollups } from './check.ts'
import { startRollup } from './index.ts'
import { latestEvent, readRollupState } from './store.ts'

const logger = pino({ level: 'silent' })

async function caughtUp(db: Db): Promise<void> {
  while ((await readRollupState(db))?.watermark !== (await latestEvent(db))) await wait(20)
}

async function record(db: Db, telegramId: number): Promise<void> {
  await db.transaction(async (tx) => {
    const { person } = await upsertPerson(tx, { telegramId }, 0)
    await track(tx, [{ uid: person.uid, type: 'started', at: telegramId * 3_600_000 }])
  })
}

onBothEngines('the roll-up thread', (test) => {
  it('follows the events, stops, and goes on where it stopped', async () => {
    const { db, url } = test
    await record(db, 1)
    const first = startRollup({ url, logger })
    await caughtUp(db)
    await record(db, 2)
    await caughtUp(db)
    expect(first.health()).toMatchObject({ state: 'following', failure: null })
    await first.stop()
    await record(db, 3)
    expect(await checkRollups(db)).toEqual([])
    const second = startRollup({ url, logger })
    await caughtUp(db)
    await second.stop()
    expect(await checkRollups(db)).toEqual([])
    expect((await db.orm.select().from(db.t.personStates)).length).toBe(3)
  })

  it('makes the cells anew where the settings have another calendar', async () => {
    const { db, url } = test
    await record(db, 1)
    const first = startRollup({ url, logger })
    await caughtUp(db)
    await first.stop()
    await db.transaction((tx) => writeSettings(tx, { timezone: 'Pacific/Auckland' }, 0))
    const second = startRollup({ url, logger })
    while ((await readRollupState(db))?.zone !== 'Pacific/Auckland') await wait(20)
    await second.stop()
    expect(await checkRollups(db)).toEqual([])
  })

  it('leads on PostgreSQL in one process at a time', async () => {
    const { db, url } = test
    if (db.engine === 'sqlite') return
    const first = startRollup({ url, logger })
    await record(db, 1)
    await caughtUp(db)
    const second = startRollup({ url, logger })
    while (second.health().state !== 'waiting') await wait(20)
    await first.stop()
    await record(db, 2)
    await caughtUp(db)
    while (second.health().state !== 'following') await wait(20)
    expect(await checkRollups(db)).toEqual([])
    await second.stop()
  })
})
