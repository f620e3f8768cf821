import { activity90 } from './activity.ts'
import { byEffect, byPlan, bySourceAndLanguage, byTier, byVariant } from './filters.ts'
import { freeFunnels, planFunnels, propertyFunnels, yearFunnels } from './funnel-list.ts'
import { heatmap90 } from './heatmap.ts'
import { overview } from './overview.ts'
import type { Question } from './question.ts'
import { dailyRetention, weeklyRetention } from './retention.ts'
import { segmentsNow } from './segments.ts'
import { effectViews } from './trends.ts'

/** What the panel asks by default. */
export const defaultQuestions: readonly Question[] = [
  overview(1),
  overview(7),
  overview(30),
  activity90(),
  dailyRetention(),
  weeklyRetention,
  heatmap90,
  segmentsNow,
]

/** The same narrowed to some people or events. */
export const filteredQuestions: readonly Question[] = [
  activity90(bySourceAndLanguage),
  activity90(byTier),
  activity90(byPlan),
  activity90(byEffect),
  dailyRetention(bySourceAndLanguage),
  dailyRetention(byTier),
  dailyRetention(byVariant),
  effectViews('events'),
  effectViews('users'),
]

/** Everything that is asked of stats here. */
export const allQuestions: readonly Question[] = [
  ...defaultQuestions,
  ...filteredQuestions,
  ...freeFunnels,
  ...yearFunnels,
  ...planFunnels,
  ...propertyFunnels,
]
