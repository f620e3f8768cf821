import { windowMs } from '@botdeck/shared/contract/stats/funnel'
import { settlePerson } from '@botdeck/shared/domain/conditions'
import { type FunnelMatch, funnelMatcher } from '@botdeck/shared/domain/funnel'
import { mean, median, rate } from '@botdeck/shared/domain/numbers'
import { audienceOf, conditionsOn } from './audience.ts'
import { forEachPerson } from './event-scan.ts'
import type { StatParams } from './requests.ts'
import type { Stat } from './stat.ts'
import { answered, rangeOf, type View } from './view.ts'

type Params = StatParams['funnel']

/** Matches the funnel of everybody who made an attempt that was not thrown away. */
async function matchAll(
  view: View,
  params: Params,
  visit: (uid: number, match: FunnelMatch) => void,
): Promise<void> {
  const { steps, order } = params
  const { from, to } = rangeOf(view, params)
  const windowLength = windowMs(params.window)
  const options = { order, windowMs: windowLength, from, to, now: view.asOf }
  const audience = await audienceOf(view, params, steps)
  const alike = steps.every(({ where }) => conditionsOn('user', where).length === 0)
  const shared = alike ? funnelMatcher({ ...options, steps }) : null
  // The far edge of a window is inside it.
  const scan = { steps, where: conditionsOn('event', params.where), from, to: to + windowLength, audience }
  await forEachPerson(view, scan, (uid, events) => {
    const settled = () => steps.map((step) => settlePerson(step, audience.fieldOf(uid)))
    const match = (shared ?? funnelMatcher({ ...options, steps: settled() }))(events)
    if (match) visit(uid, match)
  })
}

const seconds = (ms: number | null) => (ms === null ? null : ms / 1000)

/** Median and mean of lengths in ms, as seconds; null of none. */
function timing(lengths: readonly number[]) {
  return { medianSeconds: seconds(median(lengths)), averageSeconds: seconds(mean(lengths)) }
}

/** Milliseconds from one step to another of those who reached the second. */
function lengthsOf(matches: readonly FunnelMatch[], fromStep: number, toStep: number): number[] {
  return matches.flatMap(({ times }) => {
    const [start, end] = [times[fromStep], times[toStep]]
    return start === undefined || end === undefined ? [] : [end - start]
  })
}

function answerOf(view: View, { steps }: Params, matches: readonly FunnelMatch[]): object {
  const reached = steps.map((_, step) => matches.filter((match) => match.reached > step).length)
  const started = reached[0] ?? 0
  const rows = steps.map(({ event }, step) => {
    const users = reached[step] ?? 0
    const before = step === 0 ? users : (reached[step - 1] ?? 0)
    const open = step === 0 ? 0 : matches.filter((match) => match.reached === step && match.open).length
    return {
      event,
      users,
      rateFromStart: rate(users, started),
      rateFromPrevious: rate(users, before),
      lost: before - users - open,
      open,
      ...timing(step === 0 ? [] : lengthsOf(matches, step - 1, step)),
    }
  })
  const last = steps.length - 1
  const users = reached[last] ?? 0
  const conversion = {
    users,
    rate: rate(users, started),
    ...timing(lengthsOf(matches, 0, last)),
    open: matches.filter(({ open }) => open).length,
  }
  return { ...answered(view), steps: rows, conversion }
}

/** Whether a person is behind the figure asked for: reached the step, or ended right before it, lost or still open. */
function isBehind({ reached, open }: FunnelMatch, step: number, which: 'reached' | 'lost' | 'open'): boolean {
  if (which === 'reached') return reached > step
  return reached === step && open === (which === 'open')
}

/**
 * How far people get, each counted once by the attempt that gets furthest. Rules in `domain/funnel`. Read from rows of
 * the steps' types, from the range to the end of the last window.
 */
export const funnelStat: Stat<'funnel'> = {
  async fromCells() {
    return null
  },
  async scan(view, params) {
    const matches: FunnelMatch[] = []
    await matchAll(view, params, (_, match) => matches.push(match))
    return answerOf(view, params, matches)
  },
  async people(view, params) {
    const uids = new Set<number>()
    await matchAll(view, params, (uid, match) => {
      if (isBehind(match, params.step, params.which)) uids.add(uid)
    })
    return uids
  },
}
