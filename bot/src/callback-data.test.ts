import { describe, expect, it } from 'vitest'
import { packCallback, parseCallback } from './callback-data.ts'

describe('packCallback', () => {
  it('writes a name alone or a name with its value', () => {
    expect(packCallback('store')).toBe('store')
    expect(packCallback('effect', 'noir')).toBe('effect:noir')
  })

  it('refuses what Telegram would refuse', () => {
    expect(packCallback('effect', 'x'.repeat(57))).toHaveLength(64)
    expect(() => packCallback('effect', 'x'.repeat(58))).toThrow('64 bytes')
    expect(() => packCallback('effect', 'ж'.repeat(29))).toThrow('64 bytes')
  })
})

describe('parseCallback', () => {
  it('reads what was packed, colons in the value included', () => {
    expect(parseCallback('effect:a:b')).toEqual({ name: 'effect', value: 'a:b' })
    expect(parseCallback('store')).toEqual({ name: 'store', value: '' })
  })

  it.each([
    '',
    'nothing',
    'toString',
    'effect',
    'effect:',
    'store:1',
    'language:de',
    'again:0',
    'again:x',
    'cancel:1',
    `effect:${'x'.repeat(58)}`,
  ])('knows no button with %j', (data) => {
    expect(parseCallback(data)).toBeNull()
  })
})
