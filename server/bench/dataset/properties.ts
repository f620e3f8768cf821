import { categoryCount, effectCount, experiment, sources } from './attributes.ts'
import { chargeIdOf, type Invoice, invoiceIdOf, offerOf } from './invoices.ts'
import { type Kind, kinds } from './kinds.ts'
import { mix } from './random.ts'

const commands = ['start', 'menu', 'store', 'balance', 'invite', 'help']
const errorTypes = ['timeout', 'safety_block', 'invalid_image', 'provider_error']
const topics = ['quality', 'price', 'speed', 'idea']

/** A number in [0, 1) from a detail; `salt` draws several from one. */
const drawn = (detail: number, salt = 0) => mix(detail + salt * 0x9e3779b9) / 2 ** 32
/** One of `count`, small numbers more often. */
const skewed = (detail: number, count: number) => Math.floor(count * drawn(detail) ** 2.2)
const oneOf = (list: readonly string[], detail: number, salt = 0) =>
  list[Math.floor(list.length * drawn(detail, salt))]
const effectOf = (detail: number) => `fx_${skewed(detail, effectCount)}`
const processingMs = (detail: number) => Math.round(2000 + 9000 * drawn(detail, 1) ** 2)

type Maker = (detail: number, invoices: readonly Invoice[]) => Record<string, unknown> | null

function sold(number: number, invoices: readonly Invoice[]): Record<string, unknown> {
  const invoice = invoices[number]
  if (!invoice) throw new Error(`no invoice ${number}`)
  const { id, amount } = offerOf(invoice)
  return { packageId: id, amount, currency: 'XTR', invoiceId: invoiceIdOf(number) }
}

const makers: Record<Kind, Maker> = {
  started: (detail) => (detail < sources.length ? { payload: `src_${sources[detail]}` } : null),
  command_used: (detail) => ({ command: oneOf(commands, detail) }),
  store_viewed: () => null,
  category_browsed: (detail) => ({ categoryId: `cat_${skewed(detail, categoryCount)}` }),
  effect_viewed: (detail) => ({ effectId: effectOf(detail) }),
  generation_requested: (detail) => ({ effectId: effectOf(detail), credits: 1 }),
  generation_succeeded: (detail) => ({
    effectId: effectOf(detail),
    credits: 1,
    processingMs: processingMs(detail),
  }),
  generation_failed: (detail) => ({ effectId: effectOf(detail), errorType: oneOf(errorTypes, detail, 2) }),
  share_clicked: () => null,
  referral_viewed: () => null,
  invoice_sent: sold,
  payment_completed: (number, invoices) => ({ ...sold(number, invoices), chargeId: chargeIdOf(number) }),
  payment_failed: (number, invoices) => {
    const { packageId, invoiceId } = sold(number, invoices)
    return { packageId, reason: 'card_declined', invoiceId }
  },
  payment_refunded: (number) => ({ chargeId: chargeIdOf(number) }),
  message_received: () => null,
  ad_shown: (detail) => ({ adId: `ad_${skewed(detail, 20)}` }),
  ad_clicked: (detail) => ({ adId: `ad_${skewed(detail, 20)}` }),
  quiz_answered: (detail) => ({
    answer: oneOf(['a', 'b', 'c', 'd'], detail),
    score: Math.floor(101 * drawn(detail, 3)),
  }),
  reminder_set: (detail) => ({ hour: Math.floor(24 * drawn(detail)) }),
  experiment_exposed: (detail) => ({ experiment: experiment.key, variant: experiment.variants[detail] }),
  feedback_left: (detail) => ({ stars: 1 + Math.floor(5 * drawn(detail)), topic: oneOf(topics, detail, 4) }),
}

/** The properties of an event as JSON text; null where it has none. */
export function propertiesOf(kind: number, detail: number, invoices: readonly Invoice[]): string | null {
  const maker = makers[kinds[kind] ?? 'started']
  const made = maker(detail, invoices)
  return made === null ? null : JSON.stringify(made)
}
