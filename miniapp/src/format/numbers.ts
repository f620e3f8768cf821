import { currencyExponent, type Money } from '@botdeck/shared/domain/money'

/** What stands where there is no value: a rate of nothing, a change without a past. */
export const nothing = '–'

const formats = new Map<string, Intl.NumberFormat>()

function format(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale}${JSON.stringify(options)}`
  const known = formats.get(key) ?? new Intl.NumberFormat(locale, options)
  formats.set(key, known)
  return known
}

/** Formats of one language. Rates come in as 0 to 1, money in minor units, durations in seconds. */
export interface NumberFormats {
  count: (value: number) => string
  /** Few digits for axes and narrow cells: 12.4K. */
  short: (value: number) => string
  rate: (value: number | null, digits?: number) => string
  money: (money: Money) => string
  shortMoney: (money: Money) => string
  /** A relative change with its sign: +6%. */
  change: (value: number) => string
  /** A difference of two rates in points with its sign: +1.1. */
  points: (value: number) => string
}

function moneyText(locale: string, { amount, currency }: Money, compact: boolean): string {
  const exponent = currencyExponent(currency)
  const value = amount / 10 ** exponent
  const whole = Number.isInteger(amount)
  const digits = compact
    ? { notation: 'compact' as const, maximumFractionDigits: 1, minimumFractionDigits: 0 }
    : {
        minimumFractionDigits: whole ? exponent : Math.max(exponent, 2),
        maximumFractionDigits: Math.max(exponent, 2),
      }
  if (currency === 'XTR') {
    const text = format(locale, digits).format(Math.abs(value))
    return `${value < 0 ? '−' : ''}★\u00a0${text}`
  }
  try {
    return format(locale, { style: 'currency', currency, ...digits }).format(value)
  } catch {
    // A code that Intl does not know still says what it is.
    return `${format(locale, digits).format(value)}\u00a0${currency}`
  }
}

/** The number formats of a language (`en`, `ru`). */
export function numberFormats(locale: string): NumberFormats {
  const short = { notation: 'compact', maximumFractionDigits: 1 } as const
  return {
    count: (value) => format(locale, {}).format(value),
    short: (value) => format(locale, value < 1000 ? { maximumFractionDigits: 1 } : short).format(value),
    rate: (value, digits = 1) =>
      value === null
        ? nothing
        : format(locale, { style: 'percent', maximumFractionDigits: digits }).format(value),
    money: (money) => moneyText(locale, money, false),
    shortMoney: (money) => moneyText(locale, money, Math.abs(money.amount) >= 10_000),
    change: (value) => {
      const digits = Math.abs(value) < 0.1 ? 1 : 0
      const options = { style: 'percent', signDisplay: 'exceptZero', maximumFractionDigits: digits } as const
      return format(locale, options).format(value)
    },
    points: (value) =>
      format(locale, { signDisplay: 'exceptZero', maximumFractionDigits: 1 }).format(value * 100),
  }
}
