import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { forEachCell, type RetentionShape } from './retention.ts'
import { RetentionCohorts } from './retention-cohorts.ts'

interface Person {
  starts: number[]
  returns: number[]
}

const belongs = (uid: number) => uid % 4 !== 3

/** Cells as `uid row:k`; `turn` says in which order the starts and returns of all are told. */
function cells(
  people: readonly Person[],
  shape: RetentionShape,
  turn: (uid: number, place: number) => number,
) {
  const found: string[] = []
  const cohorts = new RetentionCohorts(shape, { people: people.length, belongs }, (row, k, uid) =>
    found.push(`${uid} ${row}:${k}`),
  )
  const told = (of: (person: Person) => number[]) =>
    people
      .flatMap((person, uid) => of(person).map((place) => ({ uid, place })))
      .sort((a, b) => turn(a.uid, a.place) - turn(b.uid, b.place))
  for (const { uid, place } of told(({ starts }) => starts)) cohorts.started(uid, place)
  cohorts.enter()
  for (const { uid, place } of told(({ returns }) => returns)) cohorts.returned(uid, place)
  cohorts.finish()
  return found.sort()
}

function expected(people: readonly Person[], shape: RetentionShape): string[] {
  const found: string[] = []
  for (const [uid, person] of people.entries())
    if (belongs(uid)) forEachCell(person, shape, (row, k) => found.push(`${uid} ${row}:${k}`))
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
  it('counts everybody in the cells of forEachCell, in whichever order it is told', () => {
    const people = fc.array(fc.record({ starts: places, returns: places }), { maxLength: 6 })
    const turns = fc.constantFrom(
      (uid: number, place: number) => uid * 100 + place,
      (uid: number, place: number) => place * 100 + uid,
      (uid: number, place: number) => (uid * 7 + place * 13) % 10,
    )
    fc.assert(
      fc.property(people, shape, turns, (asked, kind, turn) => {
        expect(cells(asked, kind, turn)).toEqual(expected(asked, kind))
      }),
      { numRuns: 3_000 },
    )
  })

  it('counts over more periods than a word has bits', () => {
    const wide: RetentionShape = {
      firstPeriod: 0,
      cohorts: 70,
      periods: 70,
      start: 'recurring',
      mode: 'on',
    }
    const person = { starts: [0, 31, 32, 69], returns: [32, 64, 69, 70, 138, 139] }
    expect(cells([person], wide, () => 0)).toEqual(expected([person], wide))
    expect(cells([person], { ...wide, start: 'first_time' }, () => 0)).toEqual([
      '0 0:0',
      '0 0:32',
      '0 0:64',
      '0 0:69',
    ])
  })
})
