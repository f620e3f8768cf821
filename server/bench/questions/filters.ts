import { experiment } from '../dataset/attributes.ts'
import type { Filter } from './fragments.ts'

const user = (key: string, value: string) => ({ scope: 'user', key, op: 'eq', value }) as const

export const bySourceAndLanguage: Filter = {
  title: 'by source and language',
  where: [user('source', 'ads_1'), user('language', 'ru')],
  people: `u.source = 'ads_1' and u.language = 'ru'`,
}

export const byTier: Filter = {
  title: 'by tier',
  where: [user('tier', 'regular')],
  people: `u.tier = 'regular'`,
}

/** A property that people carry themselves. */
export const byPlan: Filter = {
  title: "by a person's own property",
  where: [user('plan', 'pro')],
  people: `u.plan = 'pro'`,
}

export const byVariant: Filter = {
  title: 'by variant',
  where: [user(`variant:${experiment.key}`, 'short')],
  people: `u.variant = 'short'`,
}

/** A property of the tracking plan: of all activity, that with one effect. */
export const byEffect: Filter = {
  title: 'by a plan property',
  where: [{ scope: 'event', key: 'effectId', op: 'eq', value: 'fx_3' }],
  events: ({ prop }) => `${prop('effectId')} = 'fx_3'`,
}
