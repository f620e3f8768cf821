import { valueText } from '@botdeck/shared/domain/conditions'
import { funnelRules, markedSteps } from '@botdeck/shared/domain/funnel-definition'
import { Furthest } from '@botdeck/shared/domain/funnel-furthest'
import { attemptReader } from '@botdeck/shared/domain/funnel-reader'
import { type AttemptVisit, type FunnelRules, windowLength } from '@botdeck/shared/domain/funnel-rules'
import type { PersonEvents } from '../events/person-events.ts'
import { forEachPerson } from '../events/scan.ts'
import { audienceOf } from './audience.ts'
import { askingFor, fieldValues } from './breakdown.ts'
import type { Audience } from './filters.ts'
import type { StatParams } from './requests.ts'
import { rangeOf, type View } from './view.ts'

type Params = StatParams['funnel']

/** A funnel as it was asked for, with its rules at the view's instant and the people whom it counts. */
export interface AskedFunnel {
  params: Params
  rules: FunnelRules
  audience: Audience
}

export async function askedFunnel(view: View, params: Params): Promise<AskedFunnel> {
  const { breakdown } = params
  const { from, to } = rangeOf(view, params)
  const rules = funnelRules({
    ...params,
    windowMs: windowLength(params.window),
    from,
    to,
    now: view.asOf,
  })
  const steps = markedSteps(params)
  const asking = breakdown?.scope === 'user' ? [...steps, askingFor(breakdown.key)] : steps
  return { params, rules, audience: await audienceOf(view, params, asking) }
}

/** Tells `take` of all attempts of a counted person that are not thrown away, then `settle` whose they were, and so on. */
export async function readAttempts(
  view: View,
  { params, rules, audience }: AskedFunnel,
  { take, settle }: { take: AttemptVisit; settle: (person: PersonEvents) => void },
): Promise<void> {
  const { where, breakdown } = params
  const property = breakdown?.scope === 'event' ? breakdown.key : undefined
  const attemptsOf = attemptReader(rules)
  const query = {
    steps: markedSteps(params),
    where,
    from: rules.from,
    // The last window's far edge is inside.
    to: rules.to + rules.windowMs + 1,
    audience,
    property,
    // Which of two events of one instant opened an attempt matters to its value alone.
    anyTieOrder: property === undefined,
  }
  await forEachPerson(view, query, (person) => {
    attemptsOf(person, take)
    settle(person)
  })
}

/** How far a person got: of their attempts the one that counts. */
export type Match = Pick<Furthest, 'reached' | 'times' | 'open'>

/**
 * Calls `visit` once for everybody with an attempt. `values` are the texts that the breakdown sorts them by, null where
 * missing: that of the event which opened the attempt that counts, or those of the person. `match` is reused: what is to
 * be kept must be copied.
 */
export async function forEachMatch(
  view: View,
  params: Params,
  visit: (uid: number, match: Match, values: readonly (string | null)[]) => void,
): Promise<void> {
  const asked = await askedFunnel(view, params)
  const { breakdown } = params
  const furthest = new Furthest(asked.rules)
  const valuesOf = (person: PersonEvents) => {
    if (!breakdown) return []
    if (breakdown.scope === 'event') return [valueText(person.value(furthest.opener))]
    return fieldValues(asked.audience.fieldOf(person.uid)(breakdown.key), breakdown)
  }
  const settle = (person: PersonEvents) => {
    if (furthest.reached > 0) visit(person.uid, furthest, valuesOf(person))
    furthest.clear()
  }
  await readAttempts(view, asked, { take: furthest.take, settle })
}

/**
 * Tells where a person counts: at each step reached, and at the first one not reached as lost or still open. So
 * `users[i − 1] = users[i] + lost[i] + open[i]`.
 */
export function forEachPlace(
  { reached, open }: Pick<Match, 'reached' | 'open'>,
  stepCount: number,
  emit: (figure: 'reached' | 'lost' | 'open', step: number) => void,
): void {
  for (let step = 0; step < reached; step++) emit('reached', step)
  if (reached < stepCount) emit(open ? 'open' : 'lost', reached)
}
