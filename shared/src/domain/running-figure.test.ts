import { describe, expect, it } from 'vitest'
import { RunningFigure } from './running-figure.ts'

describe('RunningFigure', () => {
  it('counts events, adds amounts, and counts a person once', () => {
    const figure = new RunningFigure()
    figure.add(1, 10)
    figure.add(1, 20)
    figure.add(2)
    expect([figure.events, figure.users, figure.sum]).toEqual([3, 2, 31])
  })
})
