import { defaultEffects } from '@botdeck/shared/domain/catalogue'
import type { Language } from './languages.ts'
import type { Random } from './random.ts'
import type { Source } from './sources.ts'
import { day } from './year.ts'

/** What somebody is like: drawn once, on arrival. */
export interface Habits {
  /** How likely a visit is their last. */
  fickleness: number
  /** Usual time between visits, ms. */
  rhythmMs: number
  /** How much they look around, about 1. */
  curiosity: number
  /** How likely they try a picture when they can. */
  eagerness: number
  /** How much they like each effect. */
  tastes: Readonly<Record<string, number>>
  /** Has made the bot part of the week and comes whether there are credits or not. */
  regular: boolean
  /** Pays when the credits run out and the price seems fair; everybody else only looks. */
  buyer: boolean
  /** Pays again and again, and rather the large package. */
  whale: boolean
  /** How likely a visit ends with a look at the own link. */
  sociability: number
}

/** How popular each effect is. */
const popularity: Readonly<Record<string, number>> = {
  noir: 9,
  sepia: 4,
  vintage: 7,
  sketch: 8,
  comic: 10,
  pixel: 5,
  duotone: 3,
  dream: 6,
}

const buyersOfAll = 0.075

/**
 * Draws habits. Fickleness is spread so that few people make most of the visits and the share who are still there
 * falls with time like a power law: most leave at once, and who stayed long stays on.
 */
export function drawHabits(random: Random, from: { language: Language; source: Source }): Habits {
  const { language, source } = from
  const buyer = random.chance(buyersOfAll * language.spending * source.spending)
  const whale = buyer && random.chance(0.09)
  const regular = random.chance(0.05 * source.loyalty)
  const spread = random.next() ** (1.2 * source.loyalty)
  const wandering = Math.max(0.012, spread * (whale ? 0.12 : buyer ? 0.45 : 0.97))
  const fickleness = regular ? random.between(0.012, 0.035) : wandering
  const rhythmDays = random.lognormal(regular ? 1.6 : 0.9 + 3.4 * fickleness, regular ? 0.5 : 0.9)
  return {
    fickleness,
    rhythmMs: Math.min(60, Math.max(0.1, rhythmDays * (whale ? 0.6 : 1))) * day,
    curiosity: random.lognormal(1, 0.45),
    eagerness: random.between(0.45, 0.98),
    tastes: Object.fromEntries(
      defaultEffects.map(({ id }) => [id, (popularity[id] ?? 1) * random.lognormal(1, 1.1)]),
    ),
    regular,
    buyer,
    whale,
    sociability: random.next() ** 4 * 0.5,
  }
}
