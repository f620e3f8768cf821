import { describe, expect, it } from 'vitest'
import { agoText, dateFormats, durationText } from './dates.ts'
import { numberFormats } from './numbers.ts'

const en = numberFormats('en')
const ru = numberFormats('ru')

describe('numberFormats', () => {
  it('shows Stars whole and other money by its currency', () => {
    expect(en.money({ amount: 8420, currency: 'XTR' })).toBe('★\u00a08,420')
    expect(en.money({ amount: -5, currency: 'XTR' })).toBe('−★\u00a05')
    expect(en.money({ amount: 1999, currency: 'USD' })).toBe('$19.99')
    expect(en.money({ amount: 500, currency: 'JPY' })).toBe('¥500')
    expect(en.money({ amount: 1500, currency: 'KWD' })).toBe('KWD\u00a01.500')
  })

  it('rounds ratios of money on screen only', () => {
    expect(en.money({ amount: 12.3456, currency: 'XTR' })).toBe('★\u00a012.35')
    expect(en.money({ amount: 12.5, currency: 'USD' })).toBe('$0.13')
  })

  it('separates thousands with a space that does not break in Russian', () => {
    expect(ru.count(1234567)).toBe('1\u00a0234\u00a0567')
    expect(ru.rate(0.124)).toBe('12,4\u00a0%')
  })

  it('shows a rate of nothing as a dash', () => {
    expect(en.rate(null)).toBe('–')
    expect(en.rate(0)).toBe('0%')
  })

  it('gives changes their sign', () => {
    expect(en.change(0.064)).toBe('+6.4%')
    expect(en.change(-0.4)).toBe('-40%')
    expect(en.points(0.011)).toBe('+1.1')
  })
})

describe('dateFormats', () => {
  const berlin = dateFormats('en', 'Europe/Berlin')

  it('takes local days as they are and instants in the reporting zone', () => {
    expect(berlin.day('2026-11-20')).toBe('Nov 20')
    expect(berlin.dayOf('2026-11-19T23:30:00.000Z')).toBe('2026-11-20')
    expect(berlin.range('2026-11-20', '2026-11-20')).toBe('Nov 20, 2026')
    expect(berlin.period('2026-03-01', 'month')).toBe('Mar 2026')
    expect(berlin.period('2026-03-01', 'year')).toBe('2026')
  })
})

describe('durationText', () => {
  it('uses the largest unit', () => {
    expect(durationText('en', 0.3)).toBe('0.3 sec')
    expect(durationText('en', 45)).toBe('45 sec')
    expect(durationText('en', 840)).toBe('14 min')
    expect(durationText('en', 129_600)).toBe('1.5 days')
  })
})

describe('agoText', () => {
  const now = Date.parse('2026-11-20T12:00:00Z')

  it('tells how long ago in words', () => {
    expect(agoText('en', '2026-11-20T11:55:00Z', now)).toBe('5 min. ago')
    expect(agoText('en', '2026-11-19T11:00:00Z', now)).toBe('yesterday')
    expect(agoText('en', '2026-11-20T12:00:05Z', now)).toBe('now')
  })
})
