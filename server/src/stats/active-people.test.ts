import { describe, expect, it } from 'vitest'
import { ActivePeople } from './active-people.ts'

describe('ActivePeople', () => {
  it('tells each person of a place once, in ascending order', () => {
    const people = new ActivePeople(100, 3)
    for (const uid of [99, 31, 0, 32, 31, 64, 63]) people.add(uid, 1)
    people.add(5, 2)
    expect([...people.of(1)]).toEqual([0, 31, 32, 63, 64, 99])
    expect([...people.of(0)]).toEqual([])
    expect([...people.of(2)]).toEqual([5])
  })

  it('is empty where it was cleared', () => {
    const people = new ActivePeople(10, 2)
    people.add(3, 0)
    people.clear(0)
    expect([...people.of(0)]).toEqual([])
    people.add(4, 0)
    expect([...people.of(0)]).toEqual([4])
  })

  it('leaves out those of another', () => {
    const [people, others] = [new ActivePeople(70, 2), new ActivePeople(70, 2)]
    for (const uid of [1, 31, 40, 69]) people.add(uid, 0)
    for (const uid of [31, 69]) others.add(uid, 0)
    others.add(1, 1)
    expect([...people.of(0, others)]).toEqual([1, 40])
  })
})
