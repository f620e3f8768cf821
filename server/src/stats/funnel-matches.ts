import { type Step, valueText } from '@botdeck/shared/domain/conditions'
import { attemptReader, funnelRules, markedSteps } from '@botdeck/shared/domain/funnel'
import { Furthest } from '@botdeck/shared/domain/funnel-furthest'
import { type AttemptReader, type FunnelRules, windowLength } from '@botdeck/shared/domain/funnel-rules'
import type { PersonEvents } from '../events/person-events.ts'
import { forEachPerson } from '../events/scan.ts'
import { type Audience, audienceOf } from './audience.ts'
import { askingFor, fieldValues } from './breakdown.ts'
import type { StatParams } from './requests.ts'
import { rangeOf, type View } from './view.ts'

type Params = StatParams['funnel']

/** How far a person got: of their attempts the one that counts. */
export type Match = Pick<Furthest, 'reached' | 'times' | 'open'>

/** Told of a person, with the means to go through their attempts. */
type PersonVisit = (person: PersonEvents, readAttempts: AttemptReader) => void

/** The rules of the funnel asked for, evaluated at the view's instant. */
export function rulesOf(view: View, params: Params): FunnelRules {
  const { from, to } = rangeOf(view, params)
  return funnelRules({ ...params, windowMs: windowLength(params.window), from, to, now: view.asOf })
}

function audienceFor(view: View, params: Params, steps: readonly Step[]): Promise<Audience> {
  const { breakdown } = params
  return audienceOf(view, params, breakdown?.scope === 'user' ? [...steps, askingFor(breakdown.key)] : steps)
}

/** Calls `visit` for every counted person with an event of the funnel: from the range's begin to its last window's end. */
export async function forEachEntrant(
  view: View,
  { params, rules, audience }: { params: Params; rules: FunnelRules; audience: Audience },
  visit: PersonVisit,
): Promise<void> {
  const { where, breakdown } = params
  const property = breakdown?.scope === 'event' ? breakdown.key : undefined
  const readAttempts = attemptReader(rules)
  const query = {
    steps: markedSteps(params),
    where,
    from: rules.from,
    // The window's far edge is inside.
    to: rules.to + rules.windowMs + 1,
    audience,
    property,
    // Which of two events of one instant opened an attempt matters to its value alone.
    anyTieOrder: property === undefined,
  }
  await forEachPerson(view, query, (person) => visit(person, readAttempts))
}

/** The people whom a funnel counts. */
export function funnelAudience(view: View, params: Params): Promise<Audience> {
  return audienceFor(view, params, markedSteps(params))
}

/**
 * Calls `visit` once for everybody with an attempt that is not thrown away. `values` are the texts that the breakdown
 * sorts them by, null where missing: that of the event which opened the attempt that counts, or those of the person.
 * `match` is reused: what is to be kept must be copied.
 */
export async function forEachMatch(
  view: View,
  params: Params,
  visit: (uid: number, match: Match, values: readonly (string | null)[]) => void,
): Promise<void> {
  const rules = rulesOf(view, params)
  const audience = await funnelAudience(view, params)
  const furthest = new Furthest(rules)
  const { breakdown } = params
  const valuesOf = (person: PersonEvents) => {
    if (!breakdown) return []
    if (breakdown.scope === 'event') return [valueText(person.value(furthest.opener))]
    return fieldValues(audience.fieldOf(person.uid)(breakdown.key), breakdown)
  }
  await forEachEntrant(view, { params, rules, audience }, (person, readAttempts) => {
    furthest.clear()
    readAttempts(person, furthest.take)
    if (furthest.reached > 0) visit(person.uid, furthest, valuesOf(person))
  })
}

/**
 * Tells where a person counts: at each step reached, and at the first one not reached as lost or still open. So
 * `users[i − 1] = users[i] + lost[i] + open[i]`.
 */
export function forEachPlace(
  { reached, open }: Match,
  stepCount: number,
  emit: (figure: 'reached' | 'lost' | 'open', step: number) => void,
): void {
  for (let step = 0; step < reached; step++) emit('reached', step)
  if (reached < stepCount) emit(open ? 'open' : 'lost', reached)
}
