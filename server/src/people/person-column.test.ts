import { describe, expect, it } from 'vitest'
import { CodeColumn, NumberColumn } from './person-column.ts'

const passing = (mask: Uint8Array) => [...mask].flatMap((is, uid) => (is === 1 ? [uid] : []))

describe('CodeColumn', () => {
  it('tells who passes, of any number of people', () => {
    for (const people of [1, 4, 7, 2000]) {
      const column = new CodeColumn()
      for (let uid = 0; uid < people; uid++) if (uid % 3 > 0) column.set(uid, uid % 3 === 1 ? 'a' : 'b')
      const expected = Array.from({ length: people }, (_, uid) => uid)
      expect(passing(column.passing(people, (value) => value === 'b'))).toEqual(
        expected.filter((uid) => uid % 3 === 2),
      )
      expect(passing(column.passing(people, (value) => value === undefined))).toEqual(
        expected.filter((uid) => uid % 3 === 0),
      )
    }
  })

  it('takes more values than a byte holds, and people that nobody was told of', () => {
    const column = new CodeColumn()
    for (let uid = 0; uid < 300; uid++) column.set(uid, `value ${uid}`)
    column.set(299, null)
    expect(passing(column.passing(5000, (value) => value === 'value 298'))).toEqual([298])
    expect(passing(column.passing(303, (value) => value === undefined))).toEqual([299, 300, 301, 302])
    expect(column.of(7)).toBe('value 7')
  })
})

describe('NumberColumn', () => {
  const within = (column: NumberColumn, from: number, to: number, people = 20_000) => {
    const found: number[] = []
    column.forEachWithin({ from, to, people }, (uid) => found.push(uid))
    return found
  }

  it('finds who lies between two numbers, whatever was there before', () => {
    const column = new NumberColumn()
    for (let uid = 1; uid < 10_000; uid++) column.set(uid, uid * 10)
    expect(within(column, 40_950, 40_985)).toEqual([4095, 4096, 4097, 4098])
    expect(within(column, 40_950, 40_985, 4097)).toEqual([4095, 4096])
    column.set(9000, 40_960)
    column.set(4096, null)
    column.set(4097, -5)
    expect(within(column, 40_950, 40_985)).toEqual([4095, 4098, 9000])
    expect(within(column, -10, 11)).toEqual([1, 4097])
    expect(within(column, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY).length).toBe(9998)
  })
})
