import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStage, type Stage } from '../testing/stage.ts'
import { Guests } from './guests.ts'
import { telegramIdOf } from './identity.ts'
import { Random } from './random.ts'

describe('Guests', () => {
  let stage: Stage
  beforeEach(async () => {
    stage = await openStage()
  })
  afterEach(() => stage.close())

  const from = (people: number) => ({
    client: stage.client,
    random: new Random('guests'),
    history: { people, seed: 'test' },
  })

  it('brings new people one after the other, and goes on behind those who came before', async () => {
    const guests = await Guests.at(from(0))
    const first = await guests.next()
    expect(first).toMatchObject({ personId: 2_000_000, fresh: true })
    expect(await stage.client.person(2_000_000)).toMatchObject({ kind: 'simulated', started: false })
    await guests.next()
    expect((await (await Guests.at(from(0))).next()).personId).toBe(2_000_002)
  })

  it('brings people of the history and people who were here', async () => {
    const guests = await Guests.at(from(100))
    guests.remember(2_000_000)
    const ids = new Set<number>()
    for (let visit = 0; visit < 60; visit++) ids.add((await guests.next()).personId)
    const history = Array.from({ length: 100 }, (_, index) => telegramIdOf(index))
    expect([...ids].some((id) => history.includes(id))).toBe(true)
    expect([...ids].some((id) => id > 2_000_010)).toBe(true)
    expect(ids.has(2_000_000)).toBe(true)
  })

  it('brings friends of those who shared their link', async () => {
    const guests = await Guests.at(from(0))
    guests.shared(77)
    const payloads: string[] = []
    for (let visit = 0; visit < 60; visit++) payloads.push((await guests.next()).payload)
    expect(payloads).toContain('ref_77')
    expect(payloads).toContain('src_reels')
    expect(payloads).toContain('')
  })
})
