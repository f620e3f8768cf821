import { z } from '@hono/zod-openapi'
import { answered, pageQuery, Rate, statQuery } from '../params.ts'
import { getStat } from '../routes.ts'
import { UserPage } from '../users.ts'

const figures = {
  /** Payments that succeeded, failed or were cancelled in the period. */
  attempts: z.number(),
  succeeded: z.number(),
  failed: z.number(),
  cancelled: z.number(),
  /** Succeeded ÷ attempts. */
  successRate: Rate,
  /** Why payments failed, the most frequent reason first. */
  failures: z.array(z.object({ reason: z.string(), payments: z.number() })),
  refunds: z.number(),
  /** Invoices whose 24 hours ended in the period without payment. */
  expired: z.number(),
  /** Distinct people of `attempts`. */
  people: z.number(),
}

export const PaymentsPeriod = z
  .object({
    from: z.string(),
    to: z.string(),
    methods: z.array(z.object({ method: z.string(), ...figures })),
    total: z.object(figures),
  })
  .openapi('PaymentsPeriod')

export const Payments = z
  .object({ ...answered, current: PaymentsPeriod, previous: PaymentsPeriod.nullable() })
  .openapi('Payments')
export type Payments = z.infer<typeof Payments>

export const payments = getStat('/api/stats/payments', {
  query: z.strictObject(statQuery),
  answer: Payments,
  summary: 'How paying goes',
  description:
    'Per payment method: attempts (succeeded + failed + cancelled), the share that succeeded, failures by reason, refunds and expired invoices, beside the same number of days before. A payment counts once, by where it stands: one that failed before it succeeded has succeeded. Each is dated at the instant of its state.',
})

export const paymentsPeople = getStat('/api/stats/payments/people', {
  query: z.strictObject({
    ...statQuery,
    ...pageQuery,
    cell: z.enum(['attempts', 'succeeded', 'failed', 'cancelled', 'refunds', 'expired', 'people']),
    method: z.string().max(200).optional(),
    reason: z.string().max(2000).optional(),
  }),
  answer: UserPage,
  summary: 'People behind a figure of payments',
  description: 'Without `method` the total; `reason` narrows `failed`.',
})
