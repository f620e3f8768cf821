import { describe, expect, it } from 'vitest'
import { forEachSession } from './sessions.ts'

function sessionsOf(at: number[], gapMs: number, part = { start: 0, end: at.length }): number[][] {
  const sessions: number[][] = []
  forEachSession({ at, ...part }, gapMs, (start, end) => sessions.push(at.slice(start, end)))
  return sessions
}

describe('forEachSession', () => {
  it('goes on over exactly the gap, and ends a millisecond later', () => {
    expect(sessionsOf([0, 30, 60], 30)).toEqual([[0, 30, 60]])
    expect(sessionsOf([0, 31, 61], 30)).toEqual([[0], [31, 61]])
  })

  it('measures from the last event and not from the first', () => {
    expect(sessionsOf([0, 20, 40, 60, 80], 20)).toEqual([[0, 20, 40, 60, 80]])
  })

  it('keeps events of one instant together, with a gap of 0 too', () => {
    expect(sessionsOf([5, 5, 6], 0)).toEqual([[5, 5], [6]])
  })

  it('takes the part it is given', () => {
    expect(sessionsOf([0, 1, 50, 51, 99], 10, { start: 1, end: 4 })).toEqual([[1], [50, 51]])
    expect(sessionsOf([0, 1], 10, { start: 1, end: 1 })).toEqual([])
  })
})
