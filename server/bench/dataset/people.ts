import { experiment, languageWeights, planWeights, sources } from './attributes.ts'
import { dayMs, firstDay, historyDays, hourMs, lastDay, now, weekdayOf } from './calendar.ts'
import { cumulated, mix, placeIn, type Random } from './random.ts'

/** People by uid, from 1; place 0 is nobody's. Languages, sources and plans are places in `attributes.ts`. */
export interface People {
  count: number
  createdAt: Float64Array
  lastActiveAt: Float64Array
  language: Uint8Array
  source: Uint8Array
  plan: Uint8Array
  credits: Int32Array
  generations: Uint32Array
  purchases: Uint32Array
  /** Stars paid and not refunded, and how many payments those were. */
  keptStars: Uint32Array
  keptPurchases: Uint32Array
}

const weekdayWeights = [1, 0.95, 0.95, 0.98, 1.1, 1.3, 1.25]
const hourWeights = [
  3, 2, 1.2, 0.8, 0.6, 0.8, 1.5, 2.5, 3.5, 4, 4.3, 4.6, 5, 5, 5, 5.2, 5.6, 6, 6.8, 7.5, 8, 7.6, 6.3, 4.6,
]
const hourSums = cumulated(hourWeights)
const languageSums = cumulated(languageWeights)
const planSums = cumulated(planWeights)

/** How busy a weekday is, Monday being 1. */
export function weekdayWeight(day: number): number {
  return weekdayWeights[weekdayOf(day)] ?? 1
}

/** A time of the day in ms, as people are awake. */
export function timeOfDay(random: Random): number {
  return Math.floor((placeIn(hourSums, random()) + random()) * hourMs)
}

/** First moments in ascending order: the intake grows over the year and follows the week. */
function arrivals(count: number, random: Random): Float64Array {
  const weights = Array.from({ length: historyDays }, (_, day) => {
    const growth = 0.55 + (0.9 * day) / historyDays
    return growth * weekdayWeight(firstDay + day) * (0.85 + 0.3 * random())
  })
  const sums = cumulated(weights)
  const moments = new Float64Array(count)
  for (let index = 0; index < count; index++) {
    const at = (firstDay + placeIn(sums, index / count)) * dayMs + timeOfDay(random)
    // Who would come after the end of the history came in its last hour.
    moments[index] = at < now - 1 ? at : now - 2 - Math.floor(random() * hourMs)
  }
  return moments.sort()
}

/** Everybody, before they did anything. */
export function newPeople(count: number, random: Random): People {
  const column = <A>(make: (length: number) => A) => make(count + 1)
  const people: People = {
    count,
    createdAt: column((length) => new Float64Array(length)),
    lastActiveAt: column((length) => new Float64Array(length)),
    language: column((length) => new Uint8Array(length)),
    source: column((length) => new Uint8Array(length)),
    plan: column((length) => new Uint8Array(length)),
    credits: column((length) => new Int32Array(length)),
    generations: column((length) => new Uint32Array(length)),
    purchases: column((length) => new Uint32Array(length)),
    keptStars: column((length) => new Uint32Array(length)),
    keptPurchases: column((length) => new Uint32Array(length)),
  }
  people.createdAt.set(arrivals(count, random), 1)
  for (let uid = 1; uid <= count; uid++) {
    people.language[uid] = placeIn(languageSums, random())
    people.source[uid] = Math.floor(sources.length * random() ** 2)
    people.plan[uid] = placeIn(planSums, random())
    people.credits[uid] = 3
  }
  return people
}

/** The variant a person sees, as its place in the experiment; undefined for who came before it. */
export function variantOf({ createdAt }: People, uid: number): number | undefined {
  const begins = (lastDay - experiment.days) * dayMs
  return (createdAt[uid] ?? 0) < begins ? undefined : mix(uid) % experiment.variants.length
}

/** What outsiders call a person. */
export function telegramIdOf(uid: number): number {
  return 1_000_000_000 + uid * 7
}

const names = ['alex', 'masha', 'ivan', 'olga', 'dima', 'kate', 'max', 'nina', 'leo', 'sofia', 'art', 'vera']

export function firstNameOf(uid: number): string {
  const name = names[mix(uid) % names.length] ?? 'alex'
  return name.charAt(0).toUpperCase() + name.slice(1)
}

export function usernameOf(uid: number): string {
  return `${names[mix(uid) % names.length]}_${mix(uid + 7).toString(36)}`
}
