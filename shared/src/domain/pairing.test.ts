import { describe, expect, it } from 'vitest'
import { Pairing } from './pairing.ts'

const has = (letter: string, word: string) => word.includes(letter)

describe('Pairing', () => {
  it('lets earlier items change partners for a later one', () => {
    const pairing = new Pairing(['ab', 'a'], has)
    expect(pairing.add('a')).toBe(true)
    expect(pairing.add('b')).toBe(true)
  })

  it('refuses an item that leaves another without partner, and goes on', () => {
    const pairing = new Pairing(['ab', 'a', 'c'], has)
    expect(['a', 'a', 'b', 'a', 'c'].map((letter) => pairing.add(letter))).toEqual([
      true,
      true,
      false,
      false,
      true,
    ])
  })

  it('pairs nothing without partners', () => {
    expect(new Pairing([], has).add('a')).toBe(false)
  })

  it('follows long chains of changes', () => {
    const pairing = new Pairing(['ab', 'bc', 'cd', 'a'], has)
    expect(['a', 'b', 'c', 'a'].map((letter) => pairing.add(letter))).toEqual([true, true, true, true])
    expect(pairing.add('d')).toBe(false)
  })
})
