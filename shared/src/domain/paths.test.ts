import { describe, expect, it } from 'vitest'
import { forEachPath, PathTree, placeOf, topBranches } from './paths.ts'

const always = { depth: 3, gapMs: Number.POSITIVE_INFINITY }

/** Events written as `type at`; S opens, and all but x continue. */
function pathsOf(text: string, limits = always): string[] {
  const events = text.split(' ').map((word) => ({ type: word.charAt(0), at: Number(word.slice(1)) }))
  const paths: string[] = []
  forEachPath(
    {
      start: 0,
      end: events.length,
      at: events.map(({ at }) => at),
      type: (index) => events[index]?.type ?? '',
      opens: (index) => events[index]?.type === 'S',
      continues: (index) => events[index]?.type !== 'x',
    },
    limits,
    (types) => paths.push(types.join('')),
  )
  return paths
}

describe('forEachPath', () => {
  it('takes the next events, repeats included, after each start', () => {
    expect(pathsOf('a1 S2 b3 b4 c5 d6')).toEqual(['bbc'])
    expect(pathsOf('S1 b2 S3 c4')).toEqual(['bSc', 'c'])
    expect(pathsOf('a1 b2')).toEqual([])
    expect(pathsOf('S1')).toEqual([''])
  })

  it('passes over events that are no part of paths', () => {
    expect(pathsOf('S1 x2 b3 x4 c5')).toEqual(['bc'])
  })

  it('ends where more than the gap passes between two steps', () => {
    expect(pathsOf('S0 b10 c20 d31', { depth: 5, gapMs: 10 })).toEqual(['bc'])
    expect(pathsOf('S0 x5 b11', { depth: 5, gapMs: 10 })).toEqual([''])
  })
})

describe('PathTree', () => {
  const tree = new PathTree()
  tree.add(1, ['a', 'b'])
  tree.add(1, ['a', 'c'])
  tree.add(2, ['a', 'b'])
  tree.add(2, [])
  tree.add(3, ['d', 'a'])
  tree.add(3, ['e', 'a'])

  const placesOf = (branches: number) => {
    const places: string[] = []
    tree.forEachPlace({ branches, depth: 2 }, (what, { type, depth }, uid) =>
      places.push(`${uid}: ${what} ${depth}${type}`),
    )
    return places
  }

  it('passes every place of every path, and tells where a path ends early', () => {
    expect(placesOf(5).filter((place) => place.startsWith('1'))).toEqual([
      '1: at 0',
      '1: at 1a',
      '1: at 2b',
      '1: at 0',
      '1: at 1a',
      '1: at 2c',
    ])
    expect(placesOf(5).filter((place) => place.includes('end'))).toEqual(['2: end 0'])
  })

  it('pools the branches beyond the most frequent', () => {
    expect(placesOf(1).filter((place) => place.includes('other'))).toEqual([
      '1: other 1a',
      '3: other 0',
      '3: other 0',
    ])
  })

  it('orders branches by their paths, equal ones by name, and finds a place', () => {
    expect(topBranches(tree.root, 2).map(({ type, paths }) => `${type} ${paths}`)).toEqual(['a 3', 'd 1'])
    expect(placeOf(tree, ['a', 'b'])?.paths).toBe(2)
    expect(placeOf(tree, ['b'])).toBe(undefined)
  })
})
