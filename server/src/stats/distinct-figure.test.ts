import { describe, expect, it } from 'vitest'
import { DistinctFigure } from './distinct-figure.ts'

describe('DistinctFigure', () => {
  it('counts a person once, in whatever order their events come', () => {
    const figure = new DistinctFigure()
    for (const uid of [7, 8, 7, 1_000_000, 8, 1_000_000, 0]) figure.add(uid, 2)
    expect([figure.events, figure.users, figure.sum]).toEqual([7, 4, 14])
  })
})
