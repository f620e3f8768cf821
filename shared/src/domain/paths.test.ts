import { describe, expect, it } from 'vitest'
import { forEachPath, type PathNode, PathTree, topBranches } from './paths.ts'

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
  const line = ({ paths, users }: PathNode) => `${paths} by ${users}`

  it('counts each path at every place, and each person once', () => {
    const tree = new PathTree()
    tree.add(1, ['a', 'b'])
    tree.add(1, ['a', 'c'])
    tree.add(2, ['a', 'b'])
    tree.add(2, [])
    expect(line(tree.root)).toBe('4 by 2')
    const a = tree.root.next.get('a')
    expect(a && line(a)).toBe('3 by 2')
    expect(a && topBranches(a, 9).map(([type, node]) => `${type} ${line(node)}`)).toEqual([
      'b 2 by 2',
      'c 1 by 1',
    ])
  })

  it('orders branches by their paths, equal ones by name', () => {
    const tree = new PathTree()
    for (const type of ['b', 'c', 'a', 'c']) tree.add(1, [type])
    expect(topBranches(tree.root, 2).map(([type]) => type)).toEqual(['c', 'a'])
  })
})
