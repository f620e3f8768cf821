import { type Step, settlePerson } from '@botdeck/shared/domain/conditions'
import { type FunnelMatch, funnelMatcher, windowLength } from '@botdeck/shared/domain/funnel'
import { mean, median, rate } from '@botdeck/shared/domain/numbers'
import { audienceOf, conditionsOn } from './audience.ts'
import { forEachPerson } from './event-scan.ts'
import type { StatParams } from './requests.ts'
import type { Stat } from './stat.ts'
import { Counts, Members, type Tally } from './tally.ts'
import { answered, rangeOf, type View } from './view.ts'

type Params = StatParams['funnel']

/** Told of everybody with an attempt: how far the one that counts got. */
type Visit = (uid: number, match: FunnelMatch) => void

/** Matches the funnel for everybody counted; the rules are those of `domain/funnel`. */
async function forEachMatch(view: View, params: Params, visit: Visit): Promise<void> {
  const { steps, order } = params
  const { from, to } = rangeOf(view, params)
  const windowMs = windowLength(params.window)
  const audience = await audienceOf(view, params, steps)
  const matcherOf = (settled: readonly Step[]) =>
    funnelMatcher({ steps: settled, order, windowMs, from, to, now: view.asOf })
  const personal = steps.some(({ where }) => conditionsOn('user', where).length > 0)
  const same = matcherOf(steps)
  // The window's far edge is inside.
  const scan = { steps, where: conditionsOn('event', params.where), from, to: to + windowMs + 1, audience }
  await forEachPerson(view, scan, (uid, events) => {
    const matcher = personal
      ? matcherOf(steps.map((step) => settlePerson(step, audience.fieldOf(uid))))
      : same
    const match = matcher(events)
    if (match) visit(uid, match)
  })
}

/** Reports a person at each step reached, and at the first one not reached as lost or still open. */
function report(uid: number, { reached, open }: FunnelMatch, to: { tally: Tally; steps: number }): void {
  for (let step = 0; step < reached; step++) to.tally.add('reached', step, uid)
  if (reached < to.steps) to.tally.add(open ? 'open' : 'lost', reached, uid)
}

const seconds = (from = 0, to = 0) => (to - from) / 1000

/** Collects how long people took: from each step to the next, and from the first to the last. */
class Durations {
  readonly #steps: number[][]
  readonly #whole: number[] = []

  constructor(steps: number) {
    this.#steps = Array.from({ length: steps }, () => [])
  }

  add({ times }: FunnelMatch): void {
    for (let step = 1; step < times.length; step++)
      this.#steps[step]?.push(seconds(times[step - 1], times[step]))
    if (times.length === this.#steps.length) this.#whole.push(seconds(times[0], times.at(-1)))
  }

  of(step: number | 'whole') {
    const taken = step === 'whole' ? this.#whole : (this.#steps[step] ?? [])
    return { medianSeconds: median(taken), averageSeconds: mean(taken) }
  }
}

function answerOf(view: View, { steps }: Params, of: { counts: Counts; durations: Durations }): object {
  const { counts, durations } = of
  const people = (step: number) => counts.of('reached', step)
  const open = steps.map((_, step) => counts.of('open', step))
  const last = people(steps.length - 1)
  return {
    ...answered(view),
    steps: steps.map(({ event }, step) => ({
      event,
      users: people(step),
      rateFromStart: rate(people(step), people(0)),
      rateFromPrevious: rate(people(step), people(Math.max(0, step - 1))),
      lost: counts.of('lost', step),
      open: open[step] ?? 0,
      ...durations.of(step),
    })),
    conversion: {
      users: last,
      rate: rate(last, people(0)),
      ...durations.of('whole'),
      open: open.reduce((sum, count) => sum + count, 0),
    },
  }
}

/**
 * How far people get: each counted once, by the attempt that gets furthest. `users[i − 1] = users[i] + lost[i] + open[i]`.
 * The range limits when step 1 happens; seconds are from the step before, over those who reached the step.
 */
export const funnelStat: Stat<'funnel'> = {
  async fromCells() {
    return null
  },
  async scan(view, params) {
    const counts = new Counts()
    const durations = new Durations(params.steps.length)
    await forEachMatch(view, params, (uid, match) => {
      report(uid, match, { tally: counts, steps: params.steps.length })
      durations.add(match)
    })
    return answerOf(view, params, { counts, durations })
  },
  async people(view, params) {
    const members = new Members((figure, step) => figure === params.which && step === params.step)
    await forEachMatch(view, params, (uid, match) =>
      report(uid, match, { tally: members, steps: params.steps.length }),
    )
    return members.uids
  },
}
