import { saveSegment } from '@botdeck/shared/actions/saved-segments'
import { writeSettings } from '@botdeck/shared/actions/settings'
import type { Condition } from '@botdeck/shared/contract/params'
import { defaultSegmentThresholds } from '@botdeck/shared/domain/segments'
import { blueprintNow as now, writeBlueprint } from '@botdeck/shared/testing/blueprint'
import { onBothEngines } from '@botdeck/shared/testing/engines'
import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { ask, askNames, isFromCells, rollUp } from '../testing/stats.ts'
import type { PeopleParams, StatParams } from './requests.ts'

const user = (key: string, op: Condition['op'], value: Condition['value']): Condition => ({
  scope: 'user',
  key,
  op,
  value,
})

onBothEngines('segments', (test) => {
  const write = () => writeBlueprint(test.db, () => rollUp(test.db, now))
  const segments = async (params: StatParams['segments'] = {}) => ask(test.db, 'segments', { params, now })
  const names = (params: Omit<PeopleParams['segments'], 'cell'>) =>
    askNames(test.db, 'segments', { params: { cell: 'users', ...params }, now })
  async function counts(params: StatParams['segments'] = {}): Promise<Record<string, number>> {
    const answer = await segments(params)
    return Object.fromEntries(
      answer.segments.map(({ segment, users }: { segment: string; users: number }) => [segment, users]),
    )
  }
  const save = (name: string, conditions: Condition[]) =>
    test.db.transaction((tx) => saveSegment(tx, { name, conditions, createdBy: 1 }, now))

  it('counts people of each built-in segment as they are now', async () => {
    const uids = await write()
    const { users } = test.db.t
    await test.db.transaction(async (tx) => {
      await tx.orm.update(users).set({ credits: 5 }).where(eq(users.uid, uids.gus))
      await tx.orm.update(users).set({ credits: 0 }).where(eq(users.uid, uids.hal))
      await tx.orm.update(users).set({ blockedAt: now }).where(eq(users.uid, uids.hal))
    })
    await rollUp(test.db, now)
    expect(await counts()).toEqual({
      new: 5,
      active_free: 1,
      exhausted_free: 1,
      paying: 3,
      churned: 1,
      power: 0,
      at_risk: 0,
      blocked: 1,
    })
    const { users: everybody, segments: rows } = await segments()
    expect(everybody).toBe(11)
    expect(rows[3]).toEqual({ segment: 'paying', builtIn: true, users: 3, share: 3 / 11 })
    expect(await names({ segment: 'new' })).toBe('max gus hal fay lea')
    expect(await names({ segment: 'churned' })).toBe('bob')
    expect(await names({ segment: 'active_free' })).toBe('gus')
    expect(await names({ segment: 'nothing of that name' })).toBe('')
  })

  it('leaves staff out unless they are asked for', async () => {
    await write()
    const all = await counts({ includeStaff: true })
    expect([all.new, all.paying]).toEqual([7, 4])
    expect((await segments({ includeStaff: true })).users).toBe(13)
    expect(await names({ segment: 'paying', includeStaff: true })).toBe('ivy cat fay bob')
  })

  it('counts tiers, each person in one', async () => {
    const uids = await write()
    const { users } = test.db.t
    await test.db.transaction(async (tx) => {
      await tx.orm.update(users).set({ tier: 'vip' }).where(eq(users.uid, uids.fay))
    })
    await rollUp(test.db, now)
    expect((await segments()).tiers).toEqual([
      { tier: 'new', users: 10, share: 10 / 11 },
      { tier: 'regular', users: 0, share: 0 },
      { tier: 'vip', users: 1, share: 1 / 11 },
      { tier: 'premium', users: 0, share: 0 },
    ])
    expect(await names({ tier: 'vip' })).toBe('fay')
  })

  it('counts saved segments beside them, those built on others too', async () => {
    await write()
    await save('English payers', [user('segment', 'eq', 'paying'), user('language', 'eq', 'en')])
    await save('Active ones', [user('segment', 'eq', 'English payers'), user('daysSinceActive', 'lt', 7)])
    const { segments: rows } = await segments()
    expect(rows.slice(8)).toEqual([
      { segment: 'Active ones', builtIn: false, users: 1, share: 1 / 11 },
      { segment: 'English payers', builtIn: false, users: 2, share: 2 / 11 },
    ])
    expect(await names({ segment: 'English payers' })).toBe('fay bob')
    expect(await names({ segment: 'Active ones' })).toBe('fay')
  })

  it('narrows by conditions on people and by no others', async () => {
    await write()
    const german = [user('language', 'eq', 'de')]
    expect((await segments({ where: german })).users).toBe(7)
    expect((await counts({ where: german })).paying).toBe(1)
    expect(await names({ where: german, segment: 'paying' })).toBe('cat')
    await expect(segments({ where: [{ ...user('x', 'eq', 1), scope: 'event' }] })).rejects.toMatchObject({
      code: 'invalid_params',
      field: 'where',
    })
  })

  it('goes by the thresholds of the settings', async () => {
    await write()
    const thresholds = { ...defaultSegmentThresholds, newDays: 3, powerGenerations: 1 }
    await test.db.transaction((tx) => writeSettings(tx, { segments: thresholds }, 0))
    const changed = await counts()
    expect([changed.new, changed.power]).toEqual([3, 2])
    expect(await names({ segment: 'power' })).toBe('gus ann')
  })

  it('comes from cells where everybody is asked for and nothing was saved', async () => {
    await write()
    const fromCells = (params: StatParams['segments']) => isFromCells(test.db, 'segments', { params, now })
    expect(await fromCells({})).toBe(true)
    expect(await fromCells({ includeStaff: true })).toBe(true)
    expect(await fromCells({ where: [user('language', 'eq', 'de')] })).toBe(false)
    await save('Germans', [user('language', 'eq', 'de')])
    expect(await fromCells({})).toBe(false)
  })

  it('is zeros before anybody came', async () => {
    await rollUp(test.db, now)
    const { users, segments: rows } = await segments()
    expect([users, rows[0]]).toEqual([0, { segment: 'new', builtIn: true, users: 0, share: null }])
  })
})
