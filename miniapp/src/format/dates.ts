const formats = new Map<string, Intl.DateTimeFormat>()

function format(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale}${JSON.stringify(options)}`
  const known = formats.get(key) ?? new Intl.DateTimeFormat(locale, options)
  formats.set(key, known)
  return known
}

// A local day or hour carries its zone in its name already, so it is read and written as UTC.
function read(label: string): Date {
  return new Date(label.length <= 10 ? `${label}T00:00:00Z` : `${label.slice(0, 16)}:00Z`)
}

/** Formats of one language and reporting zone. Labels are local days or hours as the server writes them. */
export interface DateFormats {
  day: (label: string) => string
  /** With the weekday, and the year where it is not this one. */
  longDay: (label: string) => string
  range: (from: string, to: string) => string
  /** The start of a period, as narrow as it can be told. */
  period: (label: string, period: string) => string
  /** An instant as a time of day in the reporting zone. */
  time: (instant: string) => string
  dateTime: (instant: string) => string
  /** The local day of an instant in the reporting zone, `YYYY-MM-DD`. */
  dayOf: (instant: string) => string
}

/** The date formats of a language in the reporting zone. */
export function dateFormats(locale: string, timeZone: string): DateFormats {
  const utc = (options: Intl.DateTimeFormatOptions) => format(locale, { timeZone: 'UTC', ...options })
  const zoned = (options: Intl.DateTimeFormatOptions) => format(locale, { timeZone, ...options })
  const day = (label: string) => utc({ day: 'numeric', month: 'short' }).format(read(label))
  return {
    day,
    longDay: (label) =>
      utc({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }).format(read(label)),
    range: (from, to) => {
      const options = { day: 'numeric', month: 'short', year: 'numeric' } as const
      if (from.slice(0, 10) === to.slice(0, 10)) return utc(options).format(read(from))
      return utc(options).formatRange(read(from), read(to))
    },
    period: (label, period) => {
      if (label.length > 10 || period === 'hour')
        return utc({ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }).format(read(label))
      if (period === 'month') return utc({ month: 'short', year: 'numeric' }).format(read(label))
      return period === 'year' ? label.slice(0, 4) : day(label)
    },
    time: (instant) => zoned({ hour: '2-digit', minute: '2-digit' }).format(new Date(instant)),
    dateTime: (instant) =>
      zoned({ day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' }).format(
        new Date(instant),
      ),
    dayOf: (instant) => {
      const day = new Intl.DateTimeFormat('en-CA', {
        timeZone,
        year: 'numeric',
        month: '2-digit',
        day: '2-digit',
      })
      return day.format(new Date(instant))
    },
  }
}

const steps = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const

/** A span of seconds in its largest unit: "14 min", "1.5 days". */
export function durationText(locale: string, seconds: number): string {
  const [unit, size] = steps.find(([, size]) => seconds >= size) ?? (['second', 1] as const)
  const value = seconds / size
  const digits = value < 10 ? 1 : 0
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: digits,
  }).format(value)
}

/** How long ago an instant was, in words: "5 minutes ago". */
export function agoText(locale: string, instant: string, now: number): string {
  const seconds = Math.max(0, (now - Date.parse(instant)) / 1000)
  const [unit, size] = steps.find(([, size]) => seconds >= size) ?? (['second', 1] as const)
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' })
  return words.format(size === 1 ? 0 : -Math.floor(seconds / size), unit)
}
