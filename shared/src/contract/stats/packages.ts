import { z } from '@hono/zod-openapi'
import { answered, Currency, Money, pageQuery, Rate, statQuery } from '../params.ts'
import { getStat } from '../routes.ts'
import { UserPage } from '../users.ts'

const sales = {
  invoices: z.number(),
  purchases: z.number(),
  purchaseRate: Rate,
  buyers: z.number(),
  firstTimeBuyers: z.number(),
  gross: Money,
  refunds: Money,
  net: Money,
}

export const Packages = z
  .object({
    ...answered,
    packages: z.array(
      z.object({
        packageId: z.string(),
        /** In English; `names` has it in every language of the bot. */
        name: z.string(),
        names: z.object({ en: z.string(), ru: z.string() }),
        credits: z.number().nullable(),
        price: Money.nullable(),
        ...sales,
        share: Rate,
      }),
    ),
    total: z.object(sales),
  })
  .openapi('Packages')
export type Packages = z.infer<typeof Packages>

const currency = Currency.optional()

export const packages = getStat('/api/stats/packages', {
  query: z.strictObject({ ...statQuery, currency }),
  answer: Packages,
  summary: 'What sells',
  description:
    'Per package: invoices of the range and the share of them that was paid, purchases, distinct buyers, those whose first purchase ever it was, gross, refunds (dated at the refund) and net. With `currency` that one alone, unconverted.',
})

export const packagesPeople = getStat('/api/stats/packages/people', {
  query: z.strictObject({
    ...statQuery,
    ...pageQuery,
    currency,
    cell: z.enum(['invoices', 'purchases', 'buyers', 'firstTimeBuyers', 'refunds']),
    packageId: z.string().max(200).optional(),
  }),
  answer: UserPage,
  summary: 'People behind a figure of a package',
  description: 'Without `packageId` the total row.',
})
