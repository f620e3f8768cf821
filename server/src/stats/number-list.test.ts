import { describe, expect, it } from 'vitest'
import { NumberList } from './number-list.ts'

describe('NumberList', () => {
  it('keeps what it was given, in order, beyond its first room', () => {
    const list = new NumberList()
    expect([...list.values]).toEqual([])
    const numbers = Array.from({ length: 200 }, (_, index) => index / 4)
    for (const number of numbers) list.add(number)
    expect([...list.values]).toEqual(numbers)
  })
})
