/** What people are told apart by; earlier entries are more frequent. */
export const languages = ['ru', 'en', 'uk', 'es', 'de', 'pt', 'tr', 'fa', 'uz', 'kk'] as const
export const languageWeights = [38, 22, 10, 8, 5, 5, 4, 3, 3, 2]

export const sources = [
  'direct',
  'ads_1',
  'ads_2',
  'ads_3',
  'ref',
  'channel_a',
  'channel_b',
  'blog',
  'tiktok',
  'search',
  'partner',
  'mail',
] as const

export const plans = ['free', 'plus', 'pro'] as const
export const planWeights = [80, 15, 5]

/** An experiment of the last half year, and the variants that people who come in it see. */
export const experiment = { key: 'onboarding', variants: ['control', 'short'], days: 180 } as const

export const packages = [
  { id: 'pkg_10', amount: 50, credits: 10 },
  { id: 'pkg_50', amount: 200, credits: 50 },
  { id: 'pkg_150', amount: 500, credits: 150 },
  { id: 'pkg_500', amount: 1500, credits: 500 },
] as const

export const effectCount = 60
export const categoryCount = 8
