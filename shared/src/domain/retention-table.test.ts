import { describe, expect, it } from 'vitest'
import { type RetentionLayout, retentionTable } from './retention-table.ts'
import { zoneClock } from './zone-clock.ts'

const at = (text: string) => Date.parse(text)

describe('retentionTable', () => {
  const clock = zoneClock('Europe/Berlin')
  const table = (counts: number[][], options: Partial<RetentionLayout> = {}) =>
    retentionTable((row, k) => counts[row]?.[k] ?? 0, {
      cohorts: counts.length,
      periods: counts[0]?.length ?? 0,
      firstPeriod: clock.periodIndex(at('2026-03-28T12:00Z'), 'day'),
      unit: 'day',
      reference: 'cohort',
      clock,
      now: at('2026-03-30T10:00Z'),
      ...options,
    })

  it('leaves out what has not begun, and marks what still runs', () => {
    expect(
      table([
        [4, 2, 1],
        [5, 1, 0],
        [2, 0, 0],
        [0, 0, 0],
      ]),
    ).toEqual({
      cohorts: [
        {
          start: '2026-03-28',
          startsAt: at('2026-03-27T23:00Z'),
          size: 4,
          cells: [
            { users: 4, rate: 1, complete: true },
            { users: 2, rate: 0.5, complete: true },
            { users: 1, rate: 0.25, complete: false },
          ],
        },
        {
          start: '2026-03-29',
          startsAt: at('2026-03-28T23:00Z'),
          size: 5,
          cells: [
            { users: 5, rate: 1, complete: true },
            { users: 1, rate: 0.2, complete: false },
          ],
        },
        {
          start: '2026-03-30',
          startsAt: at('2026-03-29T22:00Z'),
          size: 2,
          cells: [{ users: 2, rate: 1, complete: false }],
        },
      ],
      overall: [
        { users: 9, size: 9, rate: 1 },
        { users: 2, size: 4, rate: 0.5 },
        { users: 0, size: 0, rate: null },
      ],
    })
  })

  it('divides by the period before where asked', () => {
    const { cohorts, overall } = table(
      [
        [8, 4, 1],
        [4, 2, 2],
        [0, 0, 0],
      ],
      { reference: 'previous', now: at('2026-06-01T00:00Z') },
    )
    expect(cohorts.map(({ cells: row }) => row.map((cell) => cell.rate))).toEqual([
      [1, 0.5, 0.25],
      [1, 0.5, 1],
      [null, null, null],
    ])
    expect(overall).toEqual([
      { users: 12, size: 12, rate: 1 },
      { users: 6, size: 12, rate: 0.5 },
      { users: 3, size: 6, rate: 0.5 },
    ])
  })

  it('ends a period at its last instant', () => {
    const complete = (now: string) => table([[1]], { now: at(now) }).cohorts[0]?.cells[0]?.complete
    expect(complete('2026-03-28T22:59:59.999Z')).toBe(false)
    expect(complete('2026-03-28T23:00Z')).toBe(true)
  })

  it('heads hours by local time and instant', () => {
    const firstPeriod = clock.periodIndex(at('2026-10-25T00:00Z'), 'hour')
    const { cohorts } = table([[1], [1]], { firstPeriod, unit: 'hour', now: at('2026-11-01T00:00Z') })
    expect(cohorts.map(({ start, startsAt }) => [start, startsAt])).toEqual([
      ['2026-10-25T02:00', at('2026-10-25T00:00Z')],
      ['2026-10-25T02:00', at('2026-10-25T01:00Z')],
    ])
  })

  it('is empty before its first cohort begins', () => {
    expect(table([[0, 0]], { now: at('2026-03-27T22:00Z') })).toEqual({
      cohorts: [],
      overall: [
        { users: 0, size: 0, rate: null },
        { users: 0, size: 0, rate: null },
      ],
    })
  })
})
