import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Queue } from './queue.ts'

describe('Queue', () => {
  it('gives back what is due first, and of one instant what came first', () => {
    const queue = new Queue<{ at: number; name: string }>()
    for (const [at, name] of [
      [3, 'c'],
      [1, 'a'],
      [2, 'b1'],
      [2, 'b2'],
    ] as const)
      queue.put({ at, name })
    const taken = Array.from({ length: 5 }, () => queue.take()?.name)
    expect(taken).toEqual(['a', 'b1', 'b2', 'c', undefined])
  })

  it('is in order whatever goes in between', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 })), (instants) => {
        const queue = new Queue<{ at: number; order: number }>()
        for (const [order, at] of instants.entries()) queue.put({ at, order })
        const taken = Array.from({ length: queue.size }, () => queue.take())
        const sorted = instants.map((at, order) => ({ at, order })).sort((a, b) => a.at - b.at)
        expect(taken).toEqual(sorted)
      }),
    )
  })
})
