import { asc } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { onBothEngines, type TestDb } from '#testing/engines'
import { upsertPerson } from './people.ts'
import { track } from './track.ts'

const ann = (test: TestDb) =>
  test.db.transaction(async (tx) => (await upsertPerson(tx, { telegramId: 1 }, 0)).person.uid)

const logged = (test: TestDb) => test.db.orm.select().from(test.db.t.events).orderBy(asc(test.db.t.events.id))

onBothEngines('track', (test) => {
  it('adds an event with the same id once, also within one call', async () => {
    const uid = await ann(test)
    const event = { uid, type: 'started', at: 5, id: 'a' }
    const first = await test.db.transaction((tx) => track(tx, [event, event]))
    const second = await test.db.transaction((tx) => track(tx, [event]))
    expect([first[1], second[0]]).toEqual([null, null])
    expect(await logged(test)).toHaveLength(1)
  })

  it('keeps every event that has no id', async () => {
    const uid = await ann(test)
    await test.db.transaction((tx) =>
      track(tx, [
        { uid, type: 'started', at: 5 },
        { uid, type: 'started', at: 5 },
      ]),
    )
    expect(await logged(test)).toHaveLength(2)
  })

  it('takes the activity of the type unless the event says otherwise', async () => {
    const uid = await ann(test)
    await test.db.transaction((tx) =>
      track(tx, [
        { uid, type: 'started', at: 1 },
        { uid, type: 'message_sent', at: 2 },
        { uid, type: 'level_up', at: 3 },
        { uid, type: 'level_up', at: 4, activity: false },
        { uid, type: 'payment_completed', at: 5, props: { recurring: true } },
      ]),
    )
    expect((await logged(test)).map((event) => event.activity)).toEqual([true, false, true, false, false])
  })

  it('counts the pictures of a person', async () => {
    const uid = await ann(test)
    const picture = { uid, type: 'generation_succeeded', at: 5, id: 'g1', props: { effectId: 'noir' } }
    await test.db.transaction((tx) => track(tx, [picture, picture, { ...picture, id: 'g2' }]))
    const [person] = await test.db.orm.select().from(test.db.t.users)
    expect(person?.generations).toBe(2)
  })

  it('forgets a type that was rolled back', async () => {
    const uid = await ann(test)
    const failing = test.db.transaction(async (tx) => {
      await track(tx, [{ uid, type: 'brand new', at: 1 }])
      throw new Error('rolled back')
    })
    await expect(failing).rejects.toThrow('rolled back')
    await test.db.transaction((tx) => track(tx, [{ uid, type: 'brand new', at: 2 }]))
    expect(await logged(test)).toHaveLength(1)
  })
})
