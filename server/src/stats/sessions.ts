import { HOUR_MS } from '@botdeck/shared/domain/civil'
import { mean, median, rate } from '@botdeck/shared/domain/numbers'
import { forEachSession } from '@botdeck/shared/domain/sessions'
import { forEachPerson } from '../events/scan.ts'
import { type Audience, audienceOf } from './audience.ts'
import { type PeriodPlan, periodPlan } from './period-plan.ts'
import { headingOf, pointNamed } from './points.ts'
import type { StatParams } from './requests.ts'
import type { Stat } from './stat.ts'
import { answered, type View } from './view.ts'

type Params = StatParams['sessions']

const minuteMs = 60_000
/** How long after the range sessions are followed at first; those who are still busy then are read again. */
const patienceMs = 12 * HOUR_MS

/** One session: whose, in which period it starts, and its length and number of events. */
interface Session {
  uid: number
  place: number
  seconds: number
  events: number
}

interface Reading {
  params: Params
  plan: PeriodPlan
  audience: Audience
  /** Where reading ends, in ms; absent: with the last event of all. */
  until: number | undefined
}

/** The sessions that start in the range, person by person; null where one of them may go on beyond `until`. */
async function readSessions(view: View, reading: Reading): Promise<Session[] | null> {
  const { params, plan, audience, until } = reading
  const gapMs = params.gapMinutes * minuteMs
  // Activity before the range may make the first session in it one that began earlier.
  const range = { from: plan.from - gapMs, to: until }
  const sessions: Session[] = []
  let cutOff = false
  await forEachPerson(
    view,
    { steps: [{ event: null }], where: params.where, ...range, audience, anyTieOrder: true },
    (person) => {
      const { at, uid } = person
      forEachSession(person, gapMs, (start, end) => {
        // @NOTE Both indices lie inside.
        const [first, last] = [at[start] as number, at[end - 1] as number]
        if (first < plan.from || first >= plan.to) return
        if (until !== undefined && last + gapMs >= until) cutOff = true
        const place = plan.table.placeOf(first)
        sessions.push({ uid, place, seconds: (last - first) / 1000, events: end - start })
      })
    },
  )
  return cutOff ? null : sessions
}

/**
 * The sessions of the counted people that start in the range, each with all of its events, those after the range
 * included.
 */
async function sessionsIn(view: View, params: Params, plan: PeriodPlan): Promise<Session[]> {
  const audience = await audienceOf(view, params)
  const until = plan.to + params.gapMinutes * minuteMs + patienceMs
  const first = until > view.asOf ? undefined : until
  const sessions = await readSessions(view, { params, plan, audience, until: first })
  return sessions ?? (await readSessions(view, { params, plan, audience, until: undefined })) ?? []
}

function figuresOf(sessions: readonly Session[]) {
  const seconds = sessions.map((session) => session.seconds)
  const events = sessions.reduce((sum, session) => sum + session.events, 0)
  return {
    sessions: sessions.length,
    users: new Set(sessions.map(({ uid }) => uid)).size,
    averageSeconds: mean(seconds),
    medianSeconds: median(seconds),
    eventsPerSession: rate(events, sessions.length),
  }
}

/**
 * How people use the bot in one go: activity with no gap longer than the one asked for. A session belongs to the period
 * in which it starts; one that began before the range is none of the range's.
 */
export const sessionsStat: Stat<'sessions'> = {
  async fromCells() {
    return null
  },
  async scan(view, params) {
    const plan = periodPlan(view, params)
    const sessions = await sessionsIn(view, params, plan)
    const byPlace = plan.points.map((): Session[] => [])
    for (const session of sessions) byPlace[session.place]?.push(session)
    const points = plan.points.map((point, place) => ({
      ...headingOf(point),
      ...figuresOf(byPlace[place] ?? []),
      complete: point.complete,
    }))
    return { ...answered(view), ...figuresOf(sessions), points }
  },
  async people(view, params) {
    const plan = periodPlan(view, params)
    const asked = params.start === undefined ? null : pointNamed(plan.points, params.start)
    const sessions = await sessionsIn(view, params, plan)
    return new Set(sessions.filter(({ place }) => asked === null || place === asked).map(({ uid }) => uid))
  },
}
