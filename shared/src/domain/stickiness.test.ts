import { describe, expect, it } from 'vitest'
import { forEachStickiness } from './stickiness.ts'

describe('forEachStickiness', () => {
  it('counts a person exactly once, and at least in every smaller number', () => {
    const counted: string[] = []
    forEachStickiness(3, (which, periods) => counted.push(`${which} ${periods}`))
    expect(counted).toEqual(['exactly 3', 'atLeast 1', 'atLeast 2', 'atLeast 3'])
  })

  it('counts nobody who did nothing', () => {
    const counted: string[] = []
    forEachStickiness(0, (which) => counted.push(which))
    expect(counted).toEqual([])
  })
})
