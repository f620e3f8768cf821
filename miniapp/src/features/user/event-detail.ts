import type { TimelineEvent } from '@botdeck/shared/contract/users'
import { useFormats } from '../../components/panel.tsx'

// Properties that say something to a reader, in the order in which they are told.
const told = [
  'packageId',
  'effectId',
  'categoryId',
  'payload',
  'code',
  'result',
  'reason',
  'errorType',
  'adId',
  'variant',
]
const shownOfCustom = 3

function plain(value: unknown): string | null {
  if (typeof value === 'string' && value !== '') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null
}

/** The few properties of an event that belong beside its name: what was bought, for how much, how long it took. */
export function useEventDetail(): (event: TimelineEvent) => string {
  const { number, duration } = useFormats()
  return ({ props }) => {
    const { amount, currency, delta, processingMs } = props
    const parts: (string | null)[] = []
    if (typeof amount === 'number' && typeof currency === 'string')
      parts.push(number.money({ amount, currency }))
    if (typeof delta === 'number') parts.push(`${delta > 0 ? '+' : '−'}${number.count(Math.abs(delta))}`)
    parts.push(...told.map((key) => plain(props[key])))
    if (typeof processingMs === 'number') parts.push(duration(processingMs / 1000))
    const known = parts.filter((part) => part !== null)
    if (known.length > 0) return known.join(' · ')
    return Object.entries(props)
      .flatMap(([key, value]) => (plain(value) === null ? [] : `${key}: ${plain(value)}`))
      .slice(0, shownOfCustom)
      .join(' · ')
  }
}
