import { activity, activityPeople } from '@botdeck/shared/contract/stats/activity'
import { ads, adsPeople } from '@botdeck/shared/contract/stats/ads'
import { changes, changesPeople } from '@botdeck/shared/contract/stats/changes'
import { cohorts, cohortsPeople } from '@botdeck/shared/contract/stats/cohorts'
import { credits, creditsPeople } from '@botdeck/shared/contract/stats/credits'
import { effects, effectsPeople } from '@botdeck/shared/contract/stats/effects'
import { experiments, experimentsPeople } from '@botdeck/shared/contract/stats/experiments'
import { funnel, funnelPeople } from '@botdeck/shared/contract/stats/funnel'
import { heatmap, heatmapPeople } from '@botdeck/shared/contract/stats/heatmap'
import { lifecycle, lifecyclePeople } from '@botdeck/shared/contract/stats/lifecycle'
import { now, nowPeople } from '@botdeck/shared/contract/stats/now'
import { overview, overviewPeople } from '@botdeck/shared/contract/stats/overview'
import { packages, packagesPeople } from '@botdeck/shared/contract/stats/packages'
import { paths, pathsPeople } from '@botdeck/shared/contract/stats/paths'
import { payments, paymentsPeople } from '@botdeck/shared/contract/stats/payments'
import { promos, promosPeople } from '@botdeck/shared/contract/stats/promos'
import { referrals, referralsPeople } from '@botdeck/shared/contract/stats/referrals'
import { retention, retentionPeople } from '@botdeck/shared/contract/stats/retention'
import { revenue, revenuePeople } from '@botdeck/shared/contract/stats/revenue'
import { segments, segmentsPeople } from '@botdeck/shared/contract/stats/segments'
import { sessions, sessionsPeople } from '@botdeck/shared/contract/stats/sessions'
import { sources, sourcesPeople } from '@botdeck/shared/contract/stats/sources'
import { stickiness, stickinessPeople } from '@botdeck/shared/contract/stats/stickiness'
import { trend, trendPeople } from '@botdeck/shared/contract/stats/trend'
import { OpenAPIHono } from '@hono/zod-openapi'
import type { Ctx, Env } from '../context.ts'
import { sent } from './sent.ts'

/** Every stat and the people behind it; chained, so that the client knows each one's types. */
export function statRoutes({ stats }: Ctx) {
  return new OpenAPIHono<Env>()
    .openapi(overview, async (c) => sent(c, overview, await stats.answer('overview', c.req.valid('query'))))
    .openapi(overviewPeople, async (c) =>
      sent(c, overviewPeople, await stats.people('overview', c.req.valid('query'))),
    )
    .openapi(activity, async (c) => sent(c, activity, await stats.answer('activity', c.req.valid('query'))))
    .openapi(activityPeople, async (c) =>
      sent(c, activityPeople, await stats.people('activity', c.req.valid('query'))),
    )
    .openapi(retention, async (c) => sent(c, retention, await stats.answer('retention', c.req.valid('json'))))
    .openapi(retentionPeople, async (c) =>
      sent(c, retentionPeople, await stats.people('retention', c.req.valid('json'))),
    )
    .openapi(cohorts, async (c) => sent(c, cohorts, await stats.answer('cohorts', c.req.valid('query'))))
    .openapi(cohortsPeople, async (c) =>
      sent(c, cohortsPeople, await stats.people('cohorts', c.req.valid('query'))),
    )
    .openapi(funnel, async (c) => sent(c, funnel, await stats.answer('funnel', c.req.valid('json'))))
    .openapi(funnelPeople, async (c) =>
      sent(c, funnelPeople, await stats.people('funnel', c.req.valid('json'))),
    )
    .openapi(packages, async (c) => sent(c, packages, await stats.answer('packages', c.req.valid('query'))))
    .openapi(packagesPeople, async (c) =>
      sent(c, packagesPeople, await stats.people('packages', c.req.valid('query'))),
    )
    .openapi(revenue, async (c) => sent(c, revenue, await stats.answer('revenue', c.req.valid('query'))))
    .openapi(revenuePeople, async (c) =>
      sent(c, revenuePeople, await stats.people('revenue', c.req.valid('query'))),
    )
    .openapi(trend, async (c) => sent(c, trend, await stats.answer('trend', c.req.valid('json'))))
    .openapi(trendPeople, async (c) => sent(c, trendPeople, await stats.people('trend', c.req.valid('json'))))
    .openapi(stickiness, async (c) =>
      sent(c, stickiness, await stats.answer('stickiness', c.req.valid('json'))),
    )
    .openapi(stickinessPeople, async (c) =>
      sent(c, stickinessPeople, await stats.people('stickiness', c.req.valid('json'))),
    )
    .openapi(lifecycle, async (c) => sent(c, lifecycle, await stats.answer('lifecycle', c.req.valid('json'))))
    .openapi(lifecyclePeople, async (c) =>
      sent(c, lifecyclePeople, await stats.people('lifecycle', c.req.valid('json'))),
    )
    .openapi(sessions, async (c) => sent(c, sessions, await stats.answer('sessions', c.req.valid('json'))))
    .openapi(sessionsPeople, async (c) =>
      sent(c, sessionsPeople, await stats.people('sessions', c.req.valid('json'))),
    )
    .openapi(paths, async (c) => sent(c, paths, await stats.answer('paths', c.req.valid('json'))))
    .openapi(pathsPeople, async (c) => sent(c, pathsPeople, await stats.people('paths', c.req.valid('json'))))
    .openapi(heatmap, async (c) => sent(c, heatmap, await stats.answer('heatmap', c.req.valid('query'))))
    .openapi(heatmapPeople, async (c) =>
      sent(c, heatmapPeople, await stats.people('heatmap', c.req.valid('query'))),
    )
    .openapi(payments, async (c) => sent(c, payments, await stats.answer('payments', c.req.valid('query'))))
    .openapi(paymentsPeople, async (c) =>
      sent(c, paymentsPeople, await stats.people('payments', c.req.valid('query'))),
    )
    .openapi(segments, async (c) => sent(c, segments, await stats.answer('segments', c.req.valid('query'))))
    .openapi(segmentsPeople, async (c) =>
      sent(c, segmentsPeople, await stats.people('segments', c.req.valid('query'))),
    )
    .openapi(experiments, async (c) =>
      sent(c, experiments, await stats.answer('experiments', c.req.valid('query'))),
    )
    .openapi(experimentsPeople, async (c) =>
      sent(c, experimentsPeople, await stats.people('experiments', c.req.valid('query'))),
    )
    .openapi(effects, async (c) => sent(c, effects, await stats.answer('effects', c.req.valid('query'))))
    .openapi(effectsPeople, async (c) =>
      sent(c, effectsPeople, await stats.people('effects', c.req.valid('query'))),
    )
    .openapi(sources, async (c) => sent(c, sources, await stats.answer('sources', c.req.valid('query'))))
    .openapi(sourcesPeople, async (c) =>
      sent(c, sourcesPeople, await stats.people('sources', c.req.valid('query'))),
    )
    .openapi(referrals, async (c) =>
      sent(c, referrals, await stats.answer('referrals', c.req.valid('query'))),
    )
    .openapi(referralsPeople, async (c) =>
      sent(c, referralsPeople, await stats.people('referrals', c.req.valid('query'))),
    )
    .openapi(changes, async (c) => sent(c, changes, await stats.answer('changes', c.req.valid('query'))))
    .openapi(changesPeople, async (c) =>
      sent(c, changesPeople, await stats.people('changes', c.req.valid('query'))),
    )
    .openapi(promos, async (c) => sent(c, promos, await stats.answer('promos', c.req.valid('query'))))
    .openapi(promosPeople, async (c) =>
      sent(c, promosPeople, await stats.people('promos', c.req.valid('query'))),
    )
    .openapi(ads, async (c) => sent(c, ads, await stats.answer('ads', c.req.valid('query'))))
    .openapi(adsPeople, async (c) => sent(c, adsPeople, await stats.people('ads', c.req.valid('query'))))
    .openapi(credits, async (c) => sent(c, credits, await stats.answer('credits', c.req.valid('query'))))
    .openapi(creditsPeople, async (c) =>
      sent(c, creditsPeople, await stats.people('credits', c.req.valid('query'))),
    )
    .openapi(now, async (c) => sent(c, now, await stats.answer('now', c.req.valid('query'))))
    .openapi(nowPeople, async (c) => sent(c, nowPeople, await stats.people('now', c.req.valid('query'))))
}
