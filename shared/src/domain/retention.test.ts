import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { forEachCell, type RetentionShape } from './retention.ts'

/** Cells of a person as `row:k`, for cohorts of the periods 10 to 13 and 4 columns. */
function cells(starts: number[], returns: number[], shape: Partial<RetentionShape> = {}): string[] {
  const found: string[] = []
  const whole: RetentionShape = {
    firstPeriod: 10,
    cohorts: 4,
    periods: 4,
    start: 'first_time',
    mode: 'on',
    ...shape,
  }
  forEachCell({ starts, returns }, whole, (row, k) => found.push(`${row}:${k}`))
  return found
}

describe('forEachCell', () => {
  it('puts a person in the cohort of their first start ever', () => {
    expect(cells([12, 11, 13], [11, 13])).toEqual(['1:0', '1:2'])
    expect(cells([9, 11], [11, 12])).toEqual([])
    expect(cells([14], [15])).toEqual([])
    expect(cells([], [11])).toEqual([])
  })

  it('needs no return in period 0, and takes one there for no other', () => {
    expect(cells([10], [])).toEqual(['0:0'])
    expect(cells([10], [10, 10])).toEqual(['0:0'])
  })

  it('counts returns in the very period, within the columns', () => {
    expect(cells([10], [12, 11, 12, 14, 9])).toEqual(['0:0', '0:1', '0:2'])
    expect(cells([10], [13])).toEqual(['0:0', '0:3'])
  })

  it('with on_or_after counts every period up to the last return', () => {
    expect(cells([10], [12], { mode: 'on_or_after' })).toEqual(['0:0', '0:1', '0:2'])
    expect(cells([10], [99], { mode: 'on_or_after' })).toEqual(['0:0', '0:1', '0:2', '0:3'])
    expect(cells([12], [11], { mode: 'on_or_after' })).toEqual(['2:0'])
  })

  it('with recurring puts a person in every cohort they start in', () => {
    expect(cells([9, 10, 12, 12, 14], [12, 13], { start: 'recurring' })).toEqual([
      '0:0',
      '0:2',
      '0:3',
      '2:0',
      '2:1',
    ])
    expect(cells([10, 11], [12], { start: 'recurring', mode: 'on_or_after' })).toEqual([
      '0:0',
      '0:1',
      '0:2',
      '1:0',
      '1:1',
    ])
  })

  it('with on_or_after never counts fewer than with on, and never more in a later period', () => {
    const periods = fc.array(fc.integer({ min: 8, max: 18 }), { maxLength: 8 })
    fc.assert(
      fc.property(periods, periods, fc.constantFrom('first_time', 'recurring'), (starts, returns, start) => {
        const later = cells(starts, returns, { start, mode: 'on_or_after' })
        expect(cells(starts, returns, { start }).filter((cell) => !later.includes(cell))).toEqual([])
        for (const cell of later) {
          const [row, k] = cell.split(':').map(Number)
          if (k) expect(later).toContain(`${row}:${k - 1}`)
        }
      }),
    )
  })
})
