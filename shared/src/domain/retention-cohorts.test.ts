import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { forEachCell, type RetentionShape } from './retention.ts'
import { RetentionCohorts } from './retention-cohorts.ts'

interface Person {
  starts: number[]
  returns: number[]
}

const inOrder = (places: readonly number[]) => [...places].sort((a, b) => a - b)

/** Cells as `uid row:k`; `mixed` tells of one period after another, of everybody in it. */
function cells(people: readonly Person[], shape: RetentionShape, mixed: boolean): string[] {
  const found: string[] = []
  const cohorts = new RetentionCohorts(
    shape,
    (uid) => uid % 4 !== 3,
    (row, k, uid) => found.push(`${uid} ${row}:${k}`),
  )
  const tell = (of: (person: Person) => number[], visit: (uid: number, place: number) => void) => {
    const told = people.flatMap((person, index) =>
      inOrder(of(person)).map((place) => ({ uid: index * 700, place })),
    )
    for (const { uid, place } of mixed ? told.sort((a, b) => a.place - b.place) : told) visit(uid, place)
  }
  tell(({ starts }) => starts, cohorts.started)
  tell(({ returns }) => returns, cohorts.returned)
  cohorts.finish()
  return found.sort()
}

function expected(people: readonly Person[], shape: RetentionShape): string[] {
  const found: string[] = []
  for (const [index, person] of people.entries())
    if ((index * 700) % 4 !== 3)
      forEachCell(person, shape, (row, k) => found.push(`${index * 700} ${row}:${k}`))
  return found.sort()
}

const places = fc.array(fc.integer({ min: -3, max: 12 }), { maxLength: 8 })
const shape = fc.record({
  firstPeriod: fc.constant(0),
  cohorts: fc.integer({ min: 1, max: 6 }),
  periods: fc.integer({ min: 1, max: 6 }),
  start: fc.constantFrom('first_time' as const, 'recurring' as const),
  mode: fc.constantFrom('on' as const, 'on_or_after' as const),
})

describe('RetentionCohorts', () => {
  it('counts everybody in the cells of forEachCell, in whichever turn they come', () => {
    const people = fc.array(fc.record({ starts: places, returns: places }), { maxLength: 6 })
    fc.assert(
      fc.property(people, shape, fc.boolean(), (asked, kind, mixed) => {
        expect(cells(asked, kind, mixed)).toEqual(expected(asked, kind))
      }),
      { numRuns: 2_000 },
    )
  })

  it('leaves out who does not belong', () => {
    const found: number[] = []
    const kind: RetentionShape = { firstPeriod: 0, cohorts: 2, periods: 2, start: 'recurring', mode: 'on' }
    const cohorts = new RetentionCohorts(
      kind,
      (uid) => uid === 1,
      (_row, _k, uid) => found.push(uid),
    )
    for (const uid of [1, 2]) cohorts.started(uid, 0)
    for (const uid of [1, 2, 9_999]) cohorts.returned(uid, 1)
    cohorts.finish()
    expect(found).toEqual([1, 1])
  })

  it('holds more people and entries than it has room for at first', () => {
    const kind: RetentionShape = {
      firstPeriod: 0,
      cohorts: 3,
      periods: 3,
      start: 'recurring',
      mode: 'on_or_after',
    }
    let count = 0
    const cohorts = new RetentionCohorts(
      kind,
      () => true,
      () => {
        count += 1
      },
    )
    for (let uid = 0; uid < 5_000; uid++) for (const place of [0, 2]) cohorts.started(uid, place)
    for (let uid = 0; uid < 5_000; uid++) cohorts.returned(uid, 3)
    cohorts.finish()
    // Row 0 in k = 0, 1, 2 and row 2 in k = 0, 1.
    expect(count).toBe(5_000 * 5)
  })
})
