import { describe, expect, it } from 'vitest'
import { Random } from './random.ts'

describe('Random', () => {
  it('draws the same from the same seed, and something else from another', () => {
    const draws = (seed: string) => {
      const random = new Random(seed)
      return [random.next(), random.next(), random.next()]
    }
    expect(draws('a')).toEqual(draws('a'))
    expect(draws('a')).not.toEqual(draws('b'))
  })

  it('forks a stream that earlier draws do not move', () => {
    const [fresh, used] = [new Random('a'), new Random('a')]
    used.next()
    expect(used.fork('x').next()).toBe(fresh.fork('x').next())
    expect(fresh.fork('x').next()).not.toBe(fresh.fork('y').next())
  })

  it('draws evenly from 0 to below 1', () => {
    const random = new Random('even')
    const draws = Array.from({ length: 20_000 }, () => random.next())
    expect(Math.min(...draws)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...draws)).toBeLessThan(1)
    expect(draws.reduce((sum, draw) => sum + draw, 0) / draws.length).toBeCloseTo(0.5, 1)
  })

  it('picks in proportion to the weights, and never what weighs nothing', () => {
    const random = new Random('weights')
    const counts = { a: 0, b: 0, c: 0 }
    for (let draw = 0; draw < 10_000; draw++)
      counts[random.weighted(['a', 'b', 'c'] as const, (item) => ({ a: 3, b: 1, c: 0 })[item])] += 1
    expect(counts.c).toBe(0)
    expect(counts.a / counts.b).toBeGreaterThan(2.7)
    expect(counts.a / counts.b).toBeLessThan(3.3)
  })

  it('has half of its lognormal draws below the median', () => {
    const random = new Random('median')
    const below = Array.from({ length: 10_000 }, () => random.lognormal(5, 0.8)).filter((draw) => draw < 5)
    expect(below.length).toBeGreaterThan(4800)
    expect(below.length).toBeLessThan(5200)
  })
})
