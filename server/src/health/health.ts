import { latestJobRuns } from '@botdeck/shared/actions/job-runs'
import type { Health, health, healthPeople } from '@botdeck/shared/contract/stats/health'
import type { UserPage } from '@botdeck/shared/contract/users'
import { databaseBytes } from '@botdeck/shared/db/size'
import type { z } from '@hono/zod-openapi'
import type { Ctx } from '../context.ts'
import { latestEvent, readRollupState } from '../rollup/store.ts'
import { audienceOf } from '../stats/audience.ts'
import { refuseEventConditions } from '../stats/filters.ts'
import { pageOf } from '../stats/page.ts'
import { type PaymentRow, readPayments } from '../stats/payment-rows.ts'
import { answered, type View, withView } from '../stats/view.ts'
import { errorsByHour } from './errors-by-hour.ts'
import { hourMs } from './monitor.ts'

type Params = z.output<typeof health.request.query>

/** Runs are looked through so far back for the latest of each job. */
const recentRuns = 500
const iso = (ms: number) => new Date(ms).toISOString()

async function rollupOf({ db }: View, { monitor, clock }: Ctx): Promise<Health['rollup']> {
  const state = await readRollupState(db)
  const [columns] = await db.orm.select().from(db.t.columnsState)
  const latest = await latestEvent(db)
  const thread = monitor.rollup()
  const watermark = state?.watermark ?? 0
  const failure = thread?.failure ?? null
  return {
    state: thread?.state ?? null,
    behind: Math.max(0, latest - watermark),
    lagMs: latest > watermark ? Math.max(0, clock() - (state?.flushedAt ?? clock())) : 0,
    watermark,
    unsealed: Math.max(0, latest - (columns?.sealedId ?? 0)),
    // The rest of a stack says where in the code: that is for the log.
    failure: failure && { at: iso(failure.at), message: failure.message.split('\n')[0] ?? '' },
  }
}

async function jobsOf({ db }: View): Promise<Health['jobs']> {
  const latest = new Map<string, Health['jobs'][number]>()
  for (const { job, startedAt, finishedAt, error, note } of await latestJobRuns(db, recentRuns))
    if (!latest.has(job))
      latest.set(job, {
        job,
        startedAt: iso(startedAt),
        finishedAt: finishedAt === null ? null : iso(finishedAt),
        error,
        note,
      })
  return [...latest.values()].sort((a, b) => (a.job < b.job ? -1 : 1))
}

/** Payments of counted people that failed in the last 24 hours. */
async function failedPayments(view: View, params: Params): Promise<PaymentRow[]> {
  refuseEventConditions(params)
  const audience = await audienceOf(view, params)
  const range = { from: view.asOf - 24 * hourMs, to: view.asOf + 1 }
  const payments = await readPayments(view, {
    includeStaff: params.includeStaff,
    range,
    withUnpaid: true,
  })
  const within = (at: number | null) => at !== null && at >= range.from && at < range.to
  // As everywhere: a payment counts by where it stands, so one that was paid after all has not failed.
  return payments.filter(
    ({ uid, status, failedAt }) => status === 'failed' && within(failedAt) && audience.has(uid),
  )
}

function failuresOf(payments: readonly PaymentRow[]): Health['paymentFailures'] {
  const reasons = new Map<string, { method: string; reason: string; count: number }>()
  for (const { method, reason } of payments) {
    const named = { method, reason: reason ?? '' }
    const key = JSON.stringify(named)
    reasons.set(key, { ...named, count: (reasons.get(key)?.count ?? 0) + 1 })
  }
  return {
    count: payments.length,
    users: new Set(payments.map(({ uid }) => uid)).size,
    reasons: [...reasons.values()].sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1)),
  }
}

/** How the installation is; of what only a process knows of itself, this one. Read on the thread that serves people. */
export async function healthOf(ctx: Ctx, params: Params): Promise<Health> {
  const { db, clock, monitor, stats, live } = ctx
  return withView(db, { now: clock(), weekStart: params.weekStart }, async (view) => ({
    ...answered(view),
    startedAt: iso(monitor.startedAt),
    rollup: await rollupOf(view, ctx),
    scans: stats.health(),
    liveStreams: live.listeners,
    jobs: await jobsOf(view),
    slowStatements: monitor.slowStatements().map(({ lastAt, ...slow }) => ({ ...slow, lastAt: iso(lastAt) })),
    errors: await errorsByHour(view.db, monitor, clock()),
    paymentFailures: failuresOf(await failedPayments(view, params)),
    database: { engine: view.db.engine, bytes: await databaseBytes(view.db) },
  }))
}

/** A page of the people whose payments failed. */
export async function healthPeopleOf(
  { db, clock }: Ctx,
  params: z.output<typeof healthPeople.request.query>,
): Promise<UserPage> {
  return withView(db, { now: clock(), weekStart: params.weekStart }, async (view) => {
    const uids = new Set((await failedPayments(view, params)).map(({ uid }) => uid))
    return pageOf(view, uids, params)
  })
}
