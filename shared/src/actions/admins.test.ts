import { expect, it } from 'vitest'
import { onBothEngines } from '#testing/engines'
import { addAdmin, listAdmins, removeAdmin, roleOf, syncOwners } from './admins.ts'
import { findPerson, setTest, upsertPerson } from './people.ts'

onBothEngines('admins', (test) => {
  it('are staff from the moment they are added, and people again afterwards', async () => {
    await test.db.transaction(async (tx) => {
      await upsertPerson(tx, { telegramId: 5 }, 0)
      await addAdmin(tx, { telegramId: 5, role: 'analyst', addedBy: 'test' }, 10)
    })
    expect(await roleOf(test.db, 5)).toBe('analyst')
    expect((await findPerson(test.db, 5))?.staff).toBe(true)
    await test.db.transaction((tx) => removeAdmin(tx, 5, 20))
    expect((await findPerson(test.db, 5))?.staff).toBe(false)
    const audience = await test.db.orm.select().from(test.db.t.events)
    expect(audience.map((event) => event.props)).toEqual([{ staff: true }, { staff: false }])
  })

  it('make a person staff who appears later', async () => {
    await test.db.transaction((tx) => syncOwners(tx, [5], 0))
    const { person } = await test.db.transaction((tx) => upsertPerson(tx, { telegramId: 5 }, 1))
    expect(person.staff).toBe(true)
  })

  it('stay staff as test users', async () => {
    await test.db.transaction(async (tx) => {
      const { person } = await upsertPerson(tx, { telegramId: 5 }, 0)
      await setTest(tx, person, true, 1)
      await addAdmin(tx, { telegramId: 5, role: 'owner', addedBy: 'test' }, 2)
      await removeAdmin(tx, 5, 3)
    })
    expect((await findPerson(test.db, 5))?.staff).toBe(true)
  })

  it('that the environment names follow the environment and nothing else', async () => {
    await test.db.transaction((tx) => syncOwners(tx, [5, 6], 0))
    await expect(test.db.transaction((tx) => removeAdmin(tx, 5, 1))).rejects.toThrow('ADMIN_IDS')
    await test.db.transaction((tx) => syncOwners(tx, [6], 2))
    expect((await listAdmins(test.db)).map((admin) => admin.telegramId)).toEqual([6])
  })
})
