import { bySourceAndLanguage } from './filters.ts'
import { type AskedFunnel, funnel } from './funnels.ts'
import type { Question } from './question.ts'

type Steps = AskedFunnel['steps']

const purchase: Steps = ['store_viewed', 'effect_viewed', 'invoice_sent', 'payment_completed'].map(
  (event) => ({
    event,
  }),
)

/** A picture with one effect, from the look at it to the result. */
const picture: Steps = ['effect_viewed', 'generation_requested', 'generation_succeeded'].map((event) => ({
  event,
  where: [{ scope: 'event', key: 'effectId', op: 'eq', value: 'fx_3' }],
  sql: ({ prop }) => `${prop('effectId')} = 'fx_3'`,
}))

/** Who did well in the quiz, a custom event whose properties no plan knows. */
const quiz: Steps = [
  {
    event: 'quiz_answered',
    where: [{ scope: 'event', key: 'score', op: 'ge', value: 50 }],
    sql: ({ prop }) => `cast(${prop('score')} as integer) >= 50`,
  },
  { event: 'effect_viewed' },
  { event: 'generation_succeeded' },
]

const { where, people, title: narrowed } = bySourceAndLanguage
const filtered = people === undefined ? { where } : { where, people }
const month = { days: 30, windowDays: 7 }
const year = { days: 365, windowDays: 30 }

/** Funnels that nobody defined before they are asked. */
export const freeFunnels: Question[] = [
  funnel({ ...month, title: 'funnel, 30 days', steps: purchase }),
  funnel({ ...month, title: `funnel, 30 days, ${narrowed}`, steps: purchase, ...filtered }),
]

/** The same over a year, with a window of 30 days. */
export const yearFunnels: Question[] = [
  funnel({ ...year, title: 'funnel, 365 days', steps: purchase }),
  funnel({ ...year, title: `funnel, 365 days, ${narrowed}`, steps: purchase, ...filtered }),
]

/** Conditions on properties of the tracking plan. */
export const planFunnels: Question[] = [
  funnel({ ...month, title: 'funnel, 30 days, plan property', steps: picture }),
  funnel({ ...year, title: 'funnel, 365 days, plan property', steps: picture }),
]

/** Conditions on properties that no plan knows. */
export const propertyFunnels: Question[] = [
  funnel({ ...month, title: 'funnel, 30 days, free property', steps: quiz }),
  funnel({ ...year, title: 'funnel, 365 days, free property', steps: quiz }),
]
