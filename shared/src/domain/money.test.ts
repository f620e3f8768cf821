import { describe, expect, it } from 'vitest'
import { convert, currencyExponent, defaultRates, isCurrency, toUsd } from './money.ts'

describe('currencyExponent', () => {
  it('follows ISO 4217, not the habits of display', () => {
    const expected = {
      XTR: 0,
      JPY: 0,
      UGX: 0,
      USD: 2,
      EUR: 2,
      HUF: 2,
      IDR: 2,
      COP: 2,
      KWD: 3,
      IQD: 3,
      CLF: 4,
    }
    for (const [currency, exponent] of Object.entries(expected))
      expect([currency, currencyExponent(currency)]).toEqual([currency, exponent])
  })
})

describe('isCurrency', () => {
  it('knows Stars and ISO 4217 in capitals and nothing else', () => {
    for (const code of ['XTR', 'USD', 'RUB', 'ZWG', 'XCG', 'HRK']) expect(isCurrency(code)).toBe(true)
    for (const code of ['usd', 'ZZZ', 'STARS', '', 'XXX', null, undefined, 840])
      expect(isCurrency(code)).toBe(false)
  })
})

describe('convert', () => {
  const rates = { XTR: 0.013, EUR: 1.1, JPY: 0.0065, KWD: 3.25 }

  it('keeps an amount in its own currency, with or without a rate', () => {
    expect(convert({ amount: 12345, currency: 'RUB' }, 'RUB', {})).toBe(12345)
  })

  it('counts in minor units of either currency', () => {
    expect(convert({ amount: 250, currency: 'XTR' }, 'USD', rates)).toBe(325)
    expect(convert({ amount: 1000, currency: 'EUR' }, 'USD', rates)).toBe(1100)
    expect(convert({ amount: 1000, currency: 'JPY' }, 'USD', rates)).toBe(650)
    expect(convert({ amount: 1000, currency: 'KWD' }, 'USD', rates)).toBe(325)
    expect(convert({ amount: 325, currency: 'USD' }, 'KWD', rates)).toBe(1000)
    expect(convert({ amount: 1300, currency: 'USD' }, 'XTR', rates)).toBe(1000)
  })

  it('rounds halves away from zero, refunds like payments', () => {
    expect(convert({ amount: 5, currency: 'USD' }, 'XTR', { XTR: 0.1 })).toBe(1)
    expect(convert({ amount: -5, currency: 'USD' }, 'XTR', { XTR: 0.1 })).toBe(-1)
  })

  it('is null where a rate is missing or is no rate', () => {
    expect(convert({ amount: 1, currency: 'GBP' }, 'USD', rates)).toBeNull()
    expect(convert({ amount: 1, currency: 'USD' }, 'GBP', rates)).toBeNull()
    expect(convert({ amount: 1, currency: 'GBP' }, 'USD', { GBP: 0 })).toBeNull()
    expect(convert({ amount: 1, currency: 'GBP' }, 'USD', { GBP: Number.NaN })).toBeNull()
  })
})

describe('toUsd', () => {
  it('gives cents at the estimated Stars rate', () => {
    expect(toUsd({ amount: 100, currency: 'XTR' }, defaultRates)).toBe(130)
    expect(toUsd({ amount: 999, currency: 'USD' }, defaultRates)).toBe(999)
  })
})
