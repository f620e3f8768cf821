import { describe, expect, it } from 'vitest'
import { historyIdentity, liveIdentity } from './identity.ts'

const people = Array.from({ length: 3000 }, (_, index) => historyIdentity('test', index))

describe('historyIdentity', () => {
  it('gives everybody an id below those of the live people', () => {
    const ids = people.map((person) => person.telegramId)
    expect(new Set(ids).size).toBe(3000)
    expect(Math.min(...ids)).toBeGreaterThanOrEqual(1_000_000)
    expect(Math.max(...ids)).toBeLessThan(2_000_000)
  })

  it('gives names that Telegram allows, each username once', () => {
    const usernames = people.flatMap((person) => person.username ?? [])
    expect(usernames.every((username) => /^[A-Za-z][A-Za-z0-9_]{3,31}$/.test(username))).toBe(true)
    expect(new Set(usernames).size).toBe(usernames.length)
    expect(people.every(({ firstName }) => firstName.length >= 1 && firstName.length <= 64)).toBe(true)
  })

  it('leaves many without a username, and writes names in their scripts', () => {
    const without = people.filter((person) => person.username === null).length
    expect(without).toBeGreaterThan(700)
    expect(without).toBeLessThan(1300)
    const scripts = [
      /\p{Script=Cyrillic}/u,
      /\p{Script=Arabic}/u,
      /\p{Script=Devanagari}/u,
      /\p{Script=Hiragana}/u,
    ]
    for (const script of scripts) expect(people.some(({ firstName }) => script.test(firstName))).toBe(true)
    expect(people.some(({ firstName }) => /\p{Extended_Pictographic}/u.test(firstName))).toBe(true)
    expect(people.some(({ firstName }) => firstName.length > 50)).toBe(true)
  })

  it('gives the same person for the same seed, and others to the live index', () => {
    expect(historyIdentity('test', 7)).toEqual(people[7])
    expect(liveIdentity('test', 7).telegramId).toBe(2_000_007)
  })
})
