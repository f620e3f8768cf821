import { hourMs, now } from '../dataset/calendar.ts'
import { kinds } from '../dataset/kinds.ts'
import { propertiesOf } from '../dataset/properties.ts'
import { seeded } from '../dataset/random.ts'

/** An event as a sender tells it, of people that the history knows. */
export interface Incoming {
  uid: number
  type: string
  at: number
  id: string
  props: Record<string, unknown> | undefined
}

/** Frequent kinds of the history, without those that need an invoice. */
const usual = [
  'effect_viewed',
  'effect_viewed',
  'effect_viewed',
  'store_viewed',
  'store_viewed',
  'command_used',
  'started',
  'generation_requested',
  'generation_succeeded',
  'category_browsed',
  'quiz_answered',
] as const

const lateShare = 0.02
const latestHours = 48

/**
 * Endless traffic after the end of the history, the same for the same seed: some people come often, some events late.
 * An event comes every 25 ms of its time.
 */
export function* traffic(people: number, seed: number): Generator<Incoming, never> {
  const random = seeded(seed)
  for (let number = 0; ; number++) {
    const type = usual[Math.floor(usual.length * random())] ?? 'started'
    const detail = Math.floor(1000 + random() * 4e9)
    const props = propertiesOf(kinds.indexOf(type), detail, [])
    const late = random() < lateShare ? random() ** 2 * latestHours * hourMs : 0
    yield {
      uid: 1 + Math.floor(people * random() ** 2),
      type,
      at: Math.floor(now + number * 25 - late),
      id: `u${seed}${800_000_000 + number}:${type}`,
      // @NOTE Properties are objects.
      props: props === null ? undefined : (JSON.parse(props) as Record<string, unknown>),
    }
  }
}

/** The next so many of something endless. */
export function take<T>(endless: Generator<T, never>, count: number): T[] {
  return Array.from({ length: count }, () => endless.next().value)
}
