import { describe, expect, it } from 'vitest'
import { murmurHash } from './murmur-hash.ts'

describe('murmurHash', () => {
  it.each([
    ['', 0],
    ['a', 0x3c2569b2],
    ['foo', 0xf6a5c420],
    ['test', 0xba6bd213],
    ['ж', 0x2fab75e5],
    ['Hello, world!', 0xc0363e43],
    ['The quick brown fox jumps over the lazy dog', 0x2e4ff723],
  ])('of %j is the published %i', (text, hash) => {
    expect(murmurHash(text)).toBe(hash)
  })
})
