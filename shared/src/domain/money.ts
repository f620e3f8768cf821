/** An amount of money: `amount` in minor units of `currency` (`XTR` = Telegram Stars, whole units, or ISO 4217). */
export type Money = { amount: number; currency: string }

/** USD per major unit of each currency. USD itself is always 1. */
export type Rates = Record<string, number>

/** The Stars rate is an estimate of what a bot receives per Star; settings may replace it. */
export const defaultRates: Rates = { XTR: 0.013 }

// ISO 4217 with the codes withdrawn since 2015, so that old payments can be told. Intl is of no use here: its
// fraction digits follow CLDR's display habits (HUF and IDR 0), while payment providers follow ISO 4217.
const codes = `
  AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BYR BZD CAD
  CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP
  GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK
  LBP LKR LRD LSL LTL LYD MAD MDL MGA MKD MMK MNT MOP MRO MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD
  OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP STD STN SVC
  SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS VED VEF VES VND VUV WST XAF XCD XCG
  XOF XPF XTR YER ZAR ZMW ZWG ZWL`
const currencies = new Set(codes.trim().split(/\s+/))

const exponents = new Map<string, number>()
for (const code of 'BIF BYR CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF XTR'.split(' '))
  exponents.set(code, 0)
for (const code of 'BHD IQD JOD KWD LYD OMR TND'.split(' ')) exponents.set(code, 3)
for (const code of ['CLF', 'UYW']) exponents.set(code, 4)

/** Whether `value` is `XTR` or an ISO 4217 code, in capitals. */
export function isCurrency(value: unknown): value is string {
  return typeof value === 'string' && currencies.has(value)
}

/** How many decimal digits the minor unit of `currency` has (ISO 4217 "minor unit"): XTR and JPY 0, USD 2, KWD 3. */
export function currencyExponent(currency: string): number {
  return exponents.get(currency) ?? 2
}

/** USD per major unit of `currency`; null where `rates` hold no positive rate for it. */
function usdRate(currency: string, rates: Rates): number | null {
  if (currency === 'USD') return 1
  const rate = Object.hasOwn(rates, currency) ? rates[currency] : undefined
  return rate !== undefined && Number.isFinite(rate) && rate > 0 ? rate : null
}

/**
 * `money` in minor units of the currency `to`, rounded to a whole one (halves away from zero, so that a refund
 * undoes its payment); null where either currency has no rate. The same currency needs none.
 */
export function convert(money: Money, to: string, rates: Rates): number | null {
  if (money.currency === to) return money.amount
  const from = usdRate(money.currency, rates)
  const into = usdRate(to, rates)
  if (from === null || into === null) return null
  const shift = 10 ** (currencyExponent(to) - currencyExponent(money.currency))
  const rounded = Math.round(((Math.abs(money.amount) * from) / into) * shift)
  return money.amount < 0 ? -rounded : rounded
}

/** `money` in US cents, rounded; null without a rate. */
export function toUsd(money: Money, rates: Rates): number | null {
  return convert(money, 'USD', rates)
}
