/**
 * Which figures of revenue can be asked for as people: of the period or a point, of the whole period alone, of everybody as
 * of now, and of a month of subscriptions.
 */
export const revenueCells = {
  period: ['payers', 'purchases', 'unconverted', 'refunds'],
  whole: ['activeUsers', 'wapu', 'repeatPayers'],
  now: ['everPaid', 'people'],
  month: ['subscribers', 'newSubscribers', 'expansion', 'contraction', 'churnedSubscribers'],
} as const
