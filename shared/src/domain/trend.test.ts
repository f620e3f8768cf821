import { describe, expect, it } from 'vitest'
import { RunningFigure } from './running-figure.ts'
import { amountOf, measured, topValues, trendMeasures } from './trend.ts'

describe('measured', () => {
  it('has every measure of what was added', () => {
    const figure = new RunningFigure()
    figure.add(1, 10)
    figure.add(1, 20)
    figure.add(2, 0)
    expect(trendMeasures.map((measure) => measured(figure, measure))).toEqual([3, 2, 30, 10])
  })

  it('is 0 of nothing, and null as an average', () => {
    const figure = new RunningFigure()
    expect(trendMeasures.map((measure) => measured(figure, measure))).toEqual([0, 0, 0, null])
  })
})

describe('amountOf', () => {
  it('takes numbers and numeric text, and of other measures any event', () => {
    const values = [5, '2.5', ' 7 ', '', 'x', true, null, undefined]
    const amounts = values.map((value) => amountOf('sum', value))
    expect(amounts).toEqual([5, 2.5, 7, null, null, null, null, null])
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
