import { HOUR_MS } from '@botdeck/shared/domain/civil'
import { mean, median, rate } from '@botdeck/shared/domain/numbers'
import { RunningFigure } from '@botdeck/shared/domain/running-figure'
import { forEachSession } from '@botdeck/shared/domain/sessions'
import { forEachPerson } from '../events/scan.ts'
import { audienceOf } from './audience.ts'
import type { Audience } from './filters.ts'
import { type PeriodPlan, periodPlan } from './period-plan.ts'
import { headingOf, pointNamed } from './points.ts'
import type { StatParams } from './requests.ts'
import type { Stat } from './stat.ts'
import { answered, type View } from './view.ts'

type Params = StatParams['sessions']

const minuteMs = 60_000
/** How long after the range sessions are followed at first; those who are still busy then are read again. */
const patienceMs = 12 * HOUR_MS

/** What is told of a session: whose, in which period it starts, and its length and number of events. */
type SessionVisit = (uid: number, place: number, seconds: number, events: number) => void

interface Reading {
  params: Params
  plan: PeriodPlan
  audience: Audience
  /** Where reading ends, in ms; absent: with the last event of all. */
  until: number | undefined
}

/**
 * Calls `visit` for the sessions that start in the range, person by person.
 * @returns whether they are whole: false where one of them may go on beyond `until`
 */
async function readSessions(view: View, reading: Reading, visit: SessionVisit): Promise<boolean> {
  const { params, plan, audience, until } = reading
  const gapMs = params.gapMinutes * minuteMs
  // Activity before the range may make the first session in it one that began earlier.
  const range = { from: plan.from - gapMs, to: until }
  const query = { steps: [{ event: null }], where: params.where, ...range, audience, anyTieOrder: true }
  let whole = true
  await forEachPerson(view, query, (person) => {
    const { at, uid } = person
    forEachSession(person, gapMs, (start, end) => {
      // @NOTE Both indices lie inside.
      const [first, last] = [at[start] as number, at[end - 1] as number]
      if (first < plan.from || first >= plan.to) return
      if (until !== undefined && last + gapMs >= until) whole = false
      visit(uid, plan.table.placeOf(first), (last - first) / 1000, end - start)
    })
  })
  return whole
}

/** The sessions that start in one period, or in all of them. */
class SessionFigures {
  /** Of sessions, which count as its events; the sum is that of the events in them. */
  readonly #figure = new RunningFigure()
  readonly #seconds: number[] = []

  add(uid: number, seconds: number, events: number): void {
    this.#figure.add(uid, events)
    this.#seconds.push(seconds)
  }

  get answer() {
    const { events: sessions, users, sum } = this.#figure
    return {
      sessions,
      users,
      averageSeconds: mean(this.#seconds),
      medianSeconds: median(this.#seconds),
      eventsPerSession: rate(sum, sessions),
    }
  }
}

/**
 * Evaluates the sessions of the counted people that start in the range, each with all of its events, those after the range
 * included. `begin` makes what they are told to; it may be asked for twice, and then the second counts.
 */
async function evaluate<T>(
  view: View,
  { params, plan }: { params: Params; plan: PeriodPlan },
  begin: () => { visit: SessionVisit; result: T },
): Promise<T> {
  const audience = await audienceOf(view, params)
  const until = plan.to + params.gapMinutes * minuteMs + patienceMs
  const first = begin()
  const reading = { params, plan, audience, until: until > view.asOf ? undefined : until }
  if (await readSessions(view, reading, first.visit)) return first.result
  const second = begin()
  await readSessions(view, { ...reading, until: undefined }, second.visit)
  return second.result
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
    const { whole, points } = await evaluate(view, { params, plan }, () => {
      const result = { whole: new SessionFigures(), points: plan.points.map(() => new SessionFigures()) }
      const visit: SessionVisit = (uid, place, seconds, events) => {
        result.whole.add(uid, seconds, events)
        result.points[place]?.add(uid, seconds, events)
      }
      return { visit, result }
    })
    const answers = plan.points.map((point, place) => ({
      ...headingOf(point),
      ...(points[place] ?? new SessionFigures()).answer,
      complete: point.complete,
    }))
    return { ...answered(view), ...whole.answer, points: answers }
  },
  async people(view, params) {
    const plan = periodPlan(view, params)
    const asked = params.start === undefined ? null : pointNamed(plan.points, params.start)
    return evaluate(view, { params, plan }, () => {
      const uids = new Set<number>()
      const visit: SessionVisit = (uid, place) => {
        if (asked === null || place === asked) uids.add(uid)
      }
      return { visit, result: uids }
    })
  },
}
