import { PathsParams, PathsPeopleParams } from '@botdeck/shared/contract/stats/paths'
import { blueprintNow as now, writeBlueprint } from '@botdeck/shared/testing/blueprint'
import { onBothEngines } from '@botdeck/shared/testing/engines'
import { describe, expect, it } from 'vitest'
import { ask, askNames, rollUp } from '../testing/stats.ts'

const started = { from: '2025-12-30', to: '2026-04-01', event: { event: 'started' }, depth: 2 }

interface Counted {
  paths: number
  users: number
}
interface Place extends Counted {
  path: string[]
  other: Counted | null
  end: Counted | null
}

const counted = (what: Counted | null) => (what ? `${what.paths}/${what.users}` : '–')

onBothEngines('paths', (test) => {
  const write = () => writeBlueprint(test.db, () => rollUp(test.db, now))
  const names = (params: object) =>
    askNames(test.db, 'paths', { params: PathsPeopleParams.parse(params), now })

  /** Each place as `path: paths/users, other, end`. */
  async function lines(params: object): Promise<string[]> {
    const { places } = await ask(test.db, 'paths', { params: PathsParams.parse(params), now })
    return places.map((place: Place) => {
      const { path, other, end } = place
      return `${path.join(' ')}: ${counted(place)}, ${counted(other)}, ${counted(end)}`
    })
  }

  it('tells what people do after the start, the most frequent first', async () => {
    await write()
    expect(await lines({ ...started, branches: 2 })).toEqual([
      // bob writes, dan's generation fails, gus' succeeds; eva does nothing more.
      ': 9/9, 3/3, 1/1',
      'effect_viewed: 3/3, –, 1/1',
      'effect_viewed effect_viewed: 1/1, –, –',
      'effect_viewed payment_completed: 1/1, –, –',
      'invoice_sent: 2/2, –, 1/1',
      'invoice_sent payment_completed: 1/1, –, –',
    ])
  })

  it('lists the people of a place, of the pooled branches, and those who went no further', async () => {
    await write()
    const asked = { ...started, branches: 2 }
    expect(await names({ ...asked, path: ['effect_viewed'] })).toBe('cat hal ann')
    expect(await names({ ...asked, path: ['effect_viewed', 'payment_completed'] })).toBe('cat')
    expect(await names({ ...asked, next: 'other' })).toBe('gus dan bob')
    expect(await names({ ...asked, next: 'end' })).toBe('eva')
    expect(await names({ ...asked, path: ['invoice_sent'], next: 'end' })).toBe('max')
    // Who is pooled can be asked for by name.
    expect(await names({ ...asked, path: ['generation_failed'] })).toBe('dan')
    expect(await names({ ...asked, path: ['nobody_did_this'] })).toBe('')
  })

  it('opens a path at every start in the range, and goes on after it', async () => {
    await write()
    const viewed = { from: '2025-12-31', to: '2026-01-01', event: { event: 'effect_viewed' }, depth: 1 }
    // ann on the 31st, followed by the 1st, and on the 1st, followed by the generation of the 5th.
    expect(await lines(viewed)).toEqual([
      ': 2/1, –, –',
      'effect_viewed: 1/1, –, –',
      'generation_succeeded: 1/1, –, –',
    ])
  })

  it('ends a path where the gap is longer, and follows the events that are named', async () => {
    await write()
    expect(await lines({ ...started, gapMinutes: 60 })).toEqual([
      ': 9/9, –, 6/6',
      'invoice_sent: 2/2, –, 2/2',
      'message_received: 1/1, –, –',
      'message_received invoice_sent: 1/1, –, –',
    ])
    expect(await lines({ ...started, events: ['payment_refunded', 'payment_completed'] })).toEqual([
      ': 9/9, –, 6/6',
      'payment_completed: 3/3, –, 1/1',
      'payment_completed payment_completed: 1/1, –, –',
      'payment_completed payment_refunded: 1/1, –, –',
    ])
  })

  it('applies conditions, and counts staff where asked for', async () => {
    await write()
    const where = [{ scope: 'user', key: 'language', op: 'eq', value: 'en' }]
    expect((await lines({ ...started, where }))[0]).toBe(': 4/4, –, –')
    const comic = [{ scope: 'event', key: 'effectId', op: 'eq', value: 'comic' }]
    const seen = { event: null, where: comic }
    expect((await lines({ ...started, event: seen }))[0]).toBe(': 3/3, –, 1/1')
    // ivy pays at once, which is the sixth branch.
    expect((await lines({ ...started, includeStaff: true }))[0]).toBe(': 10/10, 1/1, 1/1')
    expect(await lines({ ...started, event: { event: 'nobody' } })).toEqual([': 0/0, –, –'])
  })
})

describe('PathsPeopleParams', () => {
  it('refuses a place that is deeper than the paths', () => {
    const fieldOf = (params: object) =>
      PathsPeopleParams.safeParse({ ...started, ...params }).error?.issues[0]?.path.join('.')
    expect(fieldOf({ path: ['a', 'b', 'c'] })).toBe('path')
    expect(fieldOf({ path: ['a', 'b'], next: 'end' })).toBe('path')
    expect(fieldOf({ path: ['a', 'b'] })).toBe(undefined)
  })
})
