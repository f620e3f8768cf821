import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PlaceSets } from './place-sets.ts'

/** All places of a person. */
function placesOf(sets: PlaceSets, uid: number, limit: number): number[] {
  const places: number[] = []
  for (let place = sets.next(uid, 0); place < limit; place = sets.next(uid, place + 1)) places.push(place)
  return places
}

describe('PlaceSets', () => {
  it('holds the places of each person apart, in order', () => {
    const added = fc.array(fc.tuple(fc.nat(3), fc.nat(99)), { maxLength: 60 })
    fc.assert(
      fc.property(added, (pairs) => {
        const sets = new PlaceSets(4, 100)
        const known = [0, 1, 2, 3].map(() => new Set<number>())
        for (const [uid, place] of pairs) {
          expect(sets.add(uid, place)).toBe(!known[uid]?.has(place))
          known[uid]?.add(place)
        }
        for (const [uid, places] of known.entries())
          expect(placesOf(sets, uid, 100)).toEqual([...places].sort((a, b) => a - b))
      }),
    )
  })

  it('finds the edges of words, and the end where nothing is left', () => {
    const sets = new PlaceSets(2, 64)
    for (const place of [0, 31, 32, 63]) sets.add(0, place)
    expect([0, 1, 31, 32, 33, 63].map((from) => sets.next(0, from))).toEqual([0, 31, 31, 32, 63, 63])
    expect([sets.next(0, 64), sets.next(1, 0), new PlaceSets(1, 0).next(0, 0)]).toEqual([64, 64, 0])
  })
})
