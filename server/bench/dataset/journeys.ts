import { type Kind, kindNumber, kinds } from './kinds.ts'
import type { Random } from './random.ts'

/** With which probability a step of a visit follows another; what is left ends the visit. */
const followers: Record<Kind, Partial<Record<Kind, number>>> = {
  started: { store_viewed: 0.3, command_used: 0.25, message_received: 0.05, quiz_answered: 0.1 },
  command_used: { store_viewed: 0.45, effect_viewed: 0.25, referral_viewed: 0.05, reminder_set: 0.05 },
  store_viewed: { category_browsed: 0.45, effect_viewed: 0.35, invoice_sent: 0.06 },
  category_browsed: { effect_viewed: 0.8, store_viewed: 0.05 },
  effect_viewed: { generation_requested: 0.46, effect_viewed: 0.32, store_viewed: 0.05 },
  generation_requested: { generation_succeeded: 0.92, generation_failed: 0.08 },
  generation_succeeded: { effect_viewed: 0.4, share_clicked: 0.15, store_viewed: 0.2, ad_shown: 0.08 },
  generation_failed: { generation_requested: 0.4, effect_viewed: 0.3, feedback_left: 0.08 },
  share_clicked: { effect_viewed: 0.3, referral_viewed: 0.1 },
  referral_viewed: { command_used: 0.3 },
  invoice_sent: {},
  payment_completed: { effect_viewed: 0.7 },
  payment_failed: { store_viewed: 0.3 },
  payment_refunded: {},
  message_received: { command_used: 0.4 },
  ad_shown: { ad_clicked: 0.1, effect_viewed: 0.4 },
  ad_clicked: { store_viewed: 0.3 },
  quiz_answered: { quiz_answered: 0.6, effect_viewed: 0.3 },
  reminder_set: { command_used: 0.3 },
  feedback_left: { effect_viewed: 0.3 },
  experiment_exposed: {},
}

/** For each kind, pairs of a follower and the running sum of probabilities up to it. */
const chances = kinds.map((kind) => {
  let sum = 0
  return Object.entries(followers[kind]).map(([next, chance]): [number, number] => {
    sum += chance
    // @NOTE `entries` forgets that the keys are kinds.
    return [kindNumber[next as Kind], sum]
  })
})

/** The step after one of `kind`, or -1 where the visit ends; the stamina of a person stretches their visits. */
export function nextStep(kind: number, { random, stamina }: { random: Random; stamina: number }): number {
  // A picture that was asked for always ends one way or the other.
  const sure = kind === kindNumber.generation_requested
  const drawn = sure ? random() : random() / stamina
  for (const [next, sum] of chances[kind] ?? []) if (drawn < sum) return next
  return sure ? kindNumber.generation_failed : -1
}

/** What a visit of a person who is no newcomer begins with. */
export function firstStep(random: Random): number {
  const drawn = random()
  if (drawn < 0.1) return kindNumber.message_received
  if (drawn < 0.5) return kindNumber.command_used
  return drawn < 0.75 ? kindNumber.store_viewed : kindNumber.started
}
