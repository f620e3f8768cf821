import { isActivity } from '@botdeck/shared/domain/tracking-plan'

/** Event types of the data sets: those of the tracking plan, and three custom ones whose properties are free. */
export const kinds = [
  'started',
  'command_used',
  'store_viewed',
  'category_browsed',
  'effect_viewed',
  'generation_requested',
  'generation_succeeded',
  'generation_failed',
  'share_clicked',
  'referral_viewed',
  'invoice_sent',
  'payment_completed',
  'payment_failed',
  'payment_refunded',
  'message_received',
  'ad_shown',
  'ad_clicked',
  'quiz_answered',
  'reminder_set',
  'feedback_left',
  'experiment_exposed',
] as const

export type Kind = (typeof kinds)[number]

/** Events hold the place of their kind in `kinds`. */
export const kindNumber = Object.fromEntries(kinds.map((kind, index) => [kind, index])) as Record<
  Kind,
  number
>

export const kindIsActivity = kinds.map((kind) => isActivity(kind, {}))
