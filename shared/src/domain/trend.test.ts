import { describe, expect, it } from 'vitest'
import { amountOf, TrendFigure, topValues } from './trend.ts'

describe('TrendFigure', () => {
  it('has every measure of what was added', () => {
    const figure = new TrendFigure()
    for (const [uid, amount] of [
      [1, 10],
      [1, 20],
      [2, 0],
    ] as const)
      figure.add(uid, amount)
    expect([figure.of('events'), figure.of('users'), figure.of('sum'), figure.of('average')]).toEqual([
      3, 2, 30, 10,
    ])
  })

  it('is 0 of nothing, and null as an average', () => {
    const figure = new TrendFigure()
    expect([figure.of('events'), figure.of('users'), figure.of('sum'), figure.of('average')]).toEqual([
      0,
      0,
      0,
      null,
    ])
  })
})

describe('amountOf', () => {
  it('takes numbers and numeric text, and of other measures any event', () => {
    expect([5, '2.5', ' 7 ', '', 'x', true, null, undefined].map((value) => amountOf('sum', value))).toEqual([
      5,
      2.5,
      7,
      null,
      null,
      null,
      null,
      null,
    ])
    expect(amountOf('users', undefined)).toBe(1)
  })
})

describe('topValues', () => {
  it('orders by total, equal ones by text', () => {
    const totals = new Map([
      ['b', 2],
      ['c', 5],
      ['a', 2],
      ['d', 1],
    ])
    expect(topValues(totals, 3)).toEqual(['c', 'a', 'b'])
    expect(topValues(totals, 10).length).toBe(4)
  })
})
