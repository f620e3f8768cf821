import { hourMs, now } from '../dataset/calendar.ts'
import { kinds } from '../dataset/kinds.ts'
import { propertiesOf } from '../dataset/properties.ts'
import { type Random, seeded } from '../dataset/random.ts'

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
/** People who are here at a time, and the chance that one leaves after an event. */
const visitors = 300
const leaveChance = 0.1

/** Who comes: mostly people who came for the first time not long ago. */
const arriving = (people: number, random: Random) => people - Math.floor(people * random() ** 3)

/**
 * Endless traffic after the end of the history, the same for the same seed: people come on visits of some ten events, and
 * some events arrive late. An event comes every 25 ms of its time.
 */
export function* traffic(people: number, seed: number): Generator<Incoming, never> {
  const random = seeded(seed)
  const present = Array.from({ length: visitors }, () => arriving(people, random))
  for (let number = 0; ; number++) {
    const place = Math.floor(visitors * random())
    const uid = present[place] ?? 1
    if (random() < leaveChance) present[place] = arriving(people, random)
    const type = usual[Math.floor(usual.length * random())] ?? 'started'
    const props = propertiesOf(kinds.indexOf(type), Math.floor(1000 + random() * 4e9), [])
    const late = random() < lateShare ? random() ** 2 * latestHours * hourMs : 0
    yield {
      uid,
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
