import { expect, it } from 'vitest'
import { onBothEngines, type TestDb } from '#testing/engines'
import { changeCredits, giveWelcome, ledgerOf, reportCredits } from './credits.ts'
import { personOf, upsertPerson } from './people.ts'

const ann = (test: TestDb) =>
  test.db.transaction(async (tx) => (await upsertPerson(tx, { telegramId: 1 }, 0)).person)

onBothEngines('changeCredits', (test) => {
  it('adds an entry with the balance after it, and an event', async () => {
    const { uid } = await ann(test)
    const balances = await test.db.transaction(async (tx) => [
      await changeCredits(tx, { uid, delta: 5, reason: 'grant', key: 'a', at: 1 }),
      await changeCredits(tx, { uid, delta: -2, reason: 'generation', key: 'b', at: 2 }),
    ])
    expect(balances).toEqual([5, 3])
    expect((await ledgerOf(test.db, uid)).map(({ delta, balance }) => [delta, balance])).toEqual([
      [-2, 3],
      [5, 5],
    ])
    const events = await test.db.orm.select().from(test.db.t.events)
    expect(events.map(({ props }) => props)).toEqual([
      { delta: 5, balance: 5, reason: 'grant' },
      { delta: -2, balance: 3, reason: 'generation' },
    ])
  })

  it('acts once for a key, and answers the second time as it did the first', async () => {
    const { uid } = await ann(test)
    const change = { uid, delta: 5, reason: 'grant' as const, key: 'a', at: 1 }
    const balances = await test.db.transaction(async (tx) => [
      await changeCredits(tx, change),
      await changeCredits(tx, { ...change, key: 'b' }),
      await changeCredits(tx, change),
    ])
    expect(balances).toEqual([5, 10, 5])
  })

  it('refuses a balance below zero and changes nothing', async () => {
    const { uid } = await ann(test)
    const spend = test.db.transaction((tx) =>
      changeCredits(tx, { uid, delta: -1, reason: 'generation', key: 'a', at: 1 }),
    )
    await expect(spend).rejects.toMatchObject({ code: 'conflict', detail: 'insufficient_credits' })
    expect(await ledgerOf(test.db, uid)).toEqual([])
  })

  it('takes nothing for what is free', async () => {
    const { uid } = await ann(test)
    await test.db.transaction((tx) => giveWelcome(tx, uid, 1))
    const free = { uid, delta: 0, reason: 'generation' as const, key: 'free', at: 2 }
    expect(await test.db.transaction((tx) => changeCredits(tx, free))).toBe(3)
    expect(await ledgerOf(test.db, uid)).toHaveLength(1)
  })

  it('begins a ledger at zero, whatever a sender reported before', async () => {
    const person = await ann(test)
    await test.db.transaction(async (tx) => {
      await reportCredits(tx, person, { balance: 40, at: 1, event: 1 })
      await giveWelcome(tx, person.uid, 2)
    })
    expect((await personOf(test.db, person.uid)).credits).toBe(3)
  })
})

onBothEngines('reportCredits', (test) => {
  it('lets the latest report hold, in whatever order they arrive', async () => {
    const person = await ann(test)
    await test.db.transaction(async (tx) => {
      await reportCredits(tx, person, { balance: 7, at: 20, event: 1 })
      await reportCredits(tx, await personOf(tx, person.uid), { balance: 9, at: 10, event: 2 })
    })
    expect((await personOf(test.db, person.uid)).credits).toBe(7)
  })

  it('never touches the balance of a person who has a ledger', async () => {
    const person = await ann(test)
    await test.db.transaction(async (tx) => {
      await giveWelcome(tx, person.uid, 1)
      await reportCredits(tx, await personOf(tx, person.uid), { balance: 99, at: 5, event: 9 })
    })
    expect((await personOf(test.db, person.uid)).credits).toBe(3)
  })
})
