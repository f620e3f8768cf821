import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Condition,
  type ConditionOp,
  conditionOps,
  matchCondition,
  matchesAll,
  matchesEvent,
  settlePerson,
  valueNumber,
  valueText,
} from './conditions.ts'

const event = (op: ConditionOp, key: string, value?: unknown): Condition => ({
  scope: 'event',
  key,
  op,
  value,
})
const user = (op: ConditionOp, key: string, value?: unknown): Condition => ({ scope: 'user', key, op, value })

describe('valueText', () => {
  it.each([
    ['', ''],
    ['a', 'a'],
    [1, '1'],
    [-0, '0'],
    [1.5, '1.5'],
    [true, 'true'],
    [[1, 'a'], '[1,"a"]'],
    [{ a: { b: null } }, '{"a":{"b":null}}'],
    [null, null],
    [undefined, null],
  ])('of %j is %j', (value, text) => {
    expect(valueText(value)).toBe(text)
  })
})

describe('valueNumber', () => {
  it('reads numbers and decimal text', () => {
    for (const [value, number] of [
      [3, 3],
      ['3', 3],
      ['-2.50', -2.5],
      ['1e3', 1000],
      [' 7 ', 7],
      ['.5', 0.5],
    ])
      expect(valueNumber(value)).toBe(number)
  })

  it('reads nothing else', () => {
    for (const value of ['', ' ', 'abc', '0x10', '1,5', 'Infinity', '1e999', true, null, undefined, [3], {}])
      expect(valueNumber(value)).toBeNull()
  })
})

describe('matchCondition', () => {
  it.each<[ConditionOp, unknown, unknown, boolean]>([
    ['eq', '1', 1, true],
    ['eq', 1, '1', true],
    ['eq', 1, '1.0', false],
    ['eq', true, 'true', true],
    ['eq', 'A', 'a', false],
    ['eq', '', '', true],
    ['eq', '', null, false],
    ['eq', null, null, false],
    ['eq', '[1,2]', [1, 2], true],
    ['eq', ['a', 'b'], 'b', true],
    ['eq', [1, 2], '2', true],
    ['eq', ['a', 'b'], 'c', false],
    ['eq', [], 'c', false],
    ['eq', ['a', null], undefined, false],
    ['ne', 'a', 'b', true],
    ['ne', 'a', 'a', false],
    ['ne', ['a', 'b'], 'b', false],
    ['ne', ['a', 'b'], 'c', true],
    ['ne', null, 'a', true],
    ['contains', 'SAL', 'Winter sale', true],
    ['contains', '', 'x', true],
    ['contains', 'ÄR', 'Bär', true],
    ['contains', 2, 1234, true],
    ['contains', 'b', { a: 'B' }, true],
    ['contains', 'x', 'abc', false],
    ['not_contains', 'SAL', 'Winter sale', false],
    ['not_contains', 'x', 'abc', true],
    ['is_set', undefined, '', true],
    ['is_set', undefined, false, true],
    ['is_set', undefined, null, false],
    ['is_not_set', undefined, 0, false],
    ['is_not_set', undefined, null, true],
    ['gt', 10, 11, true],
    ['gt', 10, 10, false],
    ['ge', '10', 10, true],
    ['lt', 10, '9', true],
    ['lt', '10', '9', true],
    ['le', 10, 10.5, false],
    ['gt', 0, 'many', false],
    ['gt', 0, true, false],
    ['lt', 'many', 5, false],
    ['ge', 0, '', false],
  ])('%s %j on %j: %j', (op, value, actual, expected) => {
    expect(matchCondition(op, value, actual)).toBe(expected)
  })

  it('lets a missing value pass three operators and no other, whatever they compare with', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...conditionOps),
        fc.jsonValue(),
        fc.constantFrom(null, undefined),
        (op, value, missing) => {
          expect(matchCondition(op, value, missing)).toBe(['ne', 'not_contains', 'is_not_set'].includes(op))
        },
      ),
    )
  })
})

describe('matchesAll', () => {
  const fields: Record<string, unknown> = { source: 'news', credits: 3, segment: ['new', 'paying'] }
  const holds = (...conditions: Condition[]) => matchesAll(conditions, (key) => fields[key])

  it('joins by AND, and holds without conditions', () => {
    expect(holds()).toBe(true)
    expect(holds(user('eq', 'source', 'news'), user('gt', 'credits', 2))).toBe(true)
    expect(holds(user('eq', 'source', 'news'), user('gt', 'credits', 3))).toBe(false)
  })

  it('asks for membership in a segment', () => {
    expect(holds(user('eq', 'segment', 'paying'))).toBe(true)
    expect(holds(user('eq', 'segment', 'blocked'))).toBe(false)
    expect(holds(user('eq', 'segment', ['blocked', 'new']))).toBe(true)
    expect(holds(user('ne', 'segment', 'blocked'))).toBe(true)
    expect(holds(user('ne', 'segment', ['blocked', 'new']))).toBe(false)
    expect(holds(user('is_set', 'segment'))).toBe(true)
    expect(matchesAll([user('is_not_set', 'segment')], () => [])).toBe(true)
    expect(matchesAll([user('ne', 'segment', 'new')], () => [])).toBe(true)
  })
})

describe('matchesEvent', () => {
  const started = { type: 'started', props: { payload: 'src_x' }, activity: true }
  const sent = { type: 'message_sent', props: {}, activity: false }

  it('takes any activity for null and for no other reason', () => {
    expect(matchesEvent({ event: null }, started)).toBe(true)
    expect(matchesEvent({ event: null }, sent)).toBe(false)
  })

  it('matches named types exactly, activity or not', () => {
    expect(matchesEvent({ event: 'message_sent' }, sent)).toBe(true)
    expect(matchesEvent({ event: 'Started' }, started)).toBe(false)
    expect(matchesEvent({ event: ['started', 'message_sent'] }, sent)).toBe(true)
    expect(matchesEvent({ event: [] }, started)).toBe(false)
  })

  it('asks its conditions of top-level properties only', () => {
    expect(matchesEvent({ event: null, where: [event('eq', 'payload', 'src_x')] }, started)).toBe(true)
    expect(matchesEvent({ event: null, where: [event('ne', 'payload', 'src_x')] }, started)).toBe(false)
    expect(matchesEvent({ event: null, where: [event('is_set', 'toString')] }, started)).toBe(false)
    expect(matchesEvent({ event: 'started', where: [event('is_not_set', 'other')] }, started)).toBe(true)
  })
})

describe('settlePerson', () => {
  const step = {
    event: 'started',
    where: [user('eq', 'source', 'news'), event('is_set', 'payload')],
    fromStep: 1,
  }

  it('drops what holds of the person and keeps the rest', () => {
    expect(settlePerson(step, () => 'news')).toEqual({ ...step, where: [event('is_set', 'payload')] })
  })

  it('matches nothing for a person of whom it does not hold', () => {
    const settled = settlePerson(step, () => 'ads')
    expect(settled).toEqual({ event: [], where: [], fromStep: 1 })
    expect(matchesEvent(settled, { type: 'started', props: { payload: 'a' }, activity: true })).toBe(false)
  })
})
