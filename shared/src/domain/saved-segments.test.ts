import { describe, expect, it } from 'vitest'
import type { Condition, ConditionOp } from './conditions.ts'
import {
  inOrderOfNeed,
  namesItsSegments,
  type SavedSegment,
  segmentMembership,
  segmentsNamed,
} from './saved-segments.ts'
import { defaultSegmentThresholds } from './segments.ts'

const user = (key: string, op: ConditionOp, value?: unknown): Condition => ({ scope: 'user', key, op, value })
const german: SavedSegment = { name: 'Germans', conditions: [user('language', 'eq', 'de')] }
const paying: SavedSegment = {
  name: 'Paying Germans',
  conditions: [user('segment', 'eq', 'Germans'), user('segment', 'eq', 'paying')],
}
const rest: SavedSegment = {
  name: 'rest',
  conditions: [user('segment', 'ne', ['Paying Germans', 'blocked'])],
}

const person = (fields: Record<string, unknown>) => (key: string) => fields[key]
const anna = person({ language: 'de', purchases: 1, credits: 4, generations: 0, blocked: false })
const ben = person({ language: 'en', purchases: 0, credits: 0, generations: 12, blocked: false })

describe('segmentMembership', () => {
  it('knows segments built on segments, in whatever order they were saved', () => {
    for (const saved of [
      [german, paying, rest],
      [rest, paying, german],
    ]) {
      const segmentsOf = segmentMembership(saved, defaultSegmentThresholds)
      expect(segmentsOf(anna).sort()).toEqual(['Germans', 'Paying Germans', 'paying'])
      expect(segmentsOf(ben).sort()).toEqual(['exhausted_free', 'power', 'rest'])
    }
  })

  it('goes by the thresholds given', () => {
    const high = { ...defaultSegmentThresholds, powerGenerations: 13 }
    expect(segmentMembership([], high)(ben)).toEqual(['exhausted_free'])
  })

  it('holds that nobody is in a segment that is not there', () => {
    const odd = { name: 'odd', conditions: [user('segment', 'eq', 'gone')] }
    const all = { name: 'all', conditions: [user('segment', 'ne', 'gone')] }
    expect(segmentMembership([odd, all], defaultSegmentThresholds)(anna)).toEqual(['paying', 'all'])
  })
})

describe('inOrderOfNeed', () => {
  it('finds circles, of one and of several', () => {
    const own = { name: 'own', conditions: [user('segment', 'ne', 'own')] }
    const one = { name: 'one', conditions: [user('segment', 'eq', 'two')] }
    const two = { name: 'two', conditions: [user('segment', 'eq', ['blocked', 'one'])] }
    expect(inOrderOfNeed([german, own])).toBe(null)
    expect(inOrderOfNeed([one, german, two])).toBe(null)
    expect(inOrderOfNeed([one, german])).toEqual([one, german])
  })
})

describe('what conditions say of segments', () => {
  it('is which they name', () => {
    expect(segmentsNamed(rest.conditions)).toEqual(['Paying Germans', 'blocked'])
    expect(segmentsNamed(german.conditions)).toEqual([])
    expect(segmentsNamed([{ scope: 'event', key: 'segment', op: 'eq', value: 'x' }])).toEqual([])
  })

  it('is whether they name them at all', () => {
    expect(namesItsSegments(rest.conditions)).toBe(true)
    expect(namesItsSegments([user('segment', 'contains', 'pay')])).toBe(false)
    expect(namesItsSegments([user('segment', 'is_set')])).toBe(false)
  })
})
