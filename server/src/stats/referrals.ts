import { rate } from '@botdeck/shared/domain/numbers'
import { asc } from 'drizzle-orm'
import { summariesOf } from '../users/summary.ts'
import { audienceOf } from './audience.ts'
import { type Compared, comparedPlaces, comparedRange, isRecordedBefore } from './compared.ts'
import { refuseEventConditions } from './filters.ts'
import { netByPerson } from './net-by-person.ts'
import { currentPlace, firstPoint, previousPlace } from './overview-figures.ts'
import type { Span } from './overview-spans.ts'
import { readPeople } from './people-rows.ts'
import { headingOf, pointNamed } from './points.ts'
import type { StatParams } from './requests.ts'
import type { Stat } from './stat.ts'
import { Counts, distinctPeople, Members, type Tally } from './tally.ts'
import { answered, rangeOf, type View } from './view.ts'

type Params = StatParams['referrals']

const topReferrers = 10

function planOf(view: View, params: Params): Compared {
  refuseEventConditions(params)
  return comparedRange(view, rangeOf(view, params), params.interval)
}

/** What one invitation of a counted person brought. */
interface Invitation {
  invited: number
  referrer: number
  at: number
  activated: boolean
  paid: boolean
  creditsGiven: number
  net: number
  /** Whether who invited them counts: staff do not, unless asked for. */
  counted: boolean
}

/** Invitations by the row that says who invited whom; what came of them by the invited person's own record. */
async function readInvitations(view: View, params: Params): Promise<Invitation[]> {
  const { referrals } = view.db.t
  const people = new Map(
    (await readPeople(view, await audienceOf(view, params))).map((person) => [person.uid, person]),
  )
  const referring = await audienceOf(view, { includeStaff: params.includeStaff })
  const net = await netByPerson(view, params.includeStaff)
  const rows = await view.db.orm.select().from(referrals).orderBy(asc(referrals.invited))
  return rows.flatMap(({ invited, referrer, at, creditsGiven }) => {
    const person = people.get(invited)
    if (!person) return []
    const { generations, purchases } = person
    const worth = {
      activated: generations > 0,
      paid: purchases > 0,
      creditsGiven,
      net: net.get(invited) ?? 0,
    }
    return [{ invited, referrer, at, ...worth, counted: referring.has(referrer) }]
  })
}

/** Reports each invitation at the places of its instant; `referrers` are those who invited, each once a place. */
function tallyInvitations(
  invitations: readonly Invitation[],
  { places, tally }: { places: (at: number) => number[]; tally: Tally },
): void {
  const referrers = distinctPeople(tally)
  for (const { invited, referrer, at, activated, paid, creditsGiven, net, counted } of invitations)
    for (const place of places(at)) {
      tally.add('invited', place, invited)
      if (counted) referrers.add('referrers', place, referrer)
      if (activated) tally.add('activated', place, invited)
      if (paid) tally.add('paid', place, invited)
      tally.add('creditsGiven', place, invited, creditsGiven)
      tally.add('net', place, invited, net)
    }
}

function figuresAt(counts: Counts, place: number, currency: string) {
  const of = (figure: string) => counts.of(figure, place)
  const invited = of('invited')
  return {
    invited,
    referrers: of('referrers'),
    activated: of('activated'),
    activationRate: rate(of('activated'), invited),
    paid: of('paid'),
    paidRate: rate(of('paid'), invited),
    creditsGiven: of('creditsGiven'),
    net: { amount: of('net'), currency },
  }
}

/** Who invited most in the current period; of equal ones who is known longest. */
async function topOf(
  view: View,
  invitations: readonly Invitation[],
  { current }: Compared,
): Promise<object[]> {
  const byReferrer = new Map<number, Invitation[]>()
  for (const invitation of invitations) {
    if (!invitation.counted || invitation.at < current.from || invitation.at >= current.to) continue
    const own = byReferrer.get(invitation.referrer)
    if (own) own.push(invitation)
    else byReferrer.set(invitation.referrer, [invitation])
  }
  const best = [...byReferrer].sort((a, b) => b[1].length - a[1].length || a[0] - b[0]).slice(0, topReferrers)
  const shown = []
  for (const [uid, own] of best) {
    const counts = new Counts()
    tallyInvitations(own, { places: () => [currentPlace], tally: counts })
    const [summary] = await summariesOf(view.db, [uid])
    const { invited, activated, paid, creditsGiven, net } = figuresAt(
      counts,
      currentPlace,
      view.settings.currency,
    )
    const { id = null, firstName = null } = summary ?? {}
    shown.push({ id, firstName, invited, activated, paid, creditsGiven, net })
  }
  return shown
}

/**
 * Invitations of the range: people invited, who of them made a picture or paid up to now, credits that their referrers were
 * given, and the net revenue of the invited. Conditions are on the invited; staff are neither invited nor referrers.
 */
export const referralsStat: Stat<'referrals'> = {
  async fromCells() {
    return null
  },
  async scan(view, params) {
    const plan = planOf(view, params)
    const invitations = await readInvitations(view, params)
    const counts = new Counts()
    tallyInvitations(invitations, { places: comparedPlaces(view, plan), tally: counts })
    const { currency } = view.settings
    const period = (place: number, { fromText, toText }: Span) => ({
      from: fromText,
      to: toText,
      ...figuresAt(counts, place, currency),
    })
    const compares = await isRecordedBefore(view, plan.previous.to, params.includeStaff)
    return {
      ...answered(view),
      current: period(currentPlace, plan.current),
      previous: compares ? period(previousPlace, plan.previous) : null,
      points: plan.points.map((point, index) => {
        const { invited, activated, paid } = figuresAt(counts, firstPoint + index, currency)
        return { ...headingOf(point), invited, activated, paid, complete: point.complete }
      }),
      top: await topOf(view, invitations, plan),
    }
  },
  async people(view, params) {
    const plan = planOf(view, params)
    const { cell, start } = params
    const asked = start === undefined ? currentPlace : firstPoint + pointNamed(plan.points, start)
    const members = new Members((figure, place) => figure === cell && place === asked)
    const invitations = await readInvitations(view, params)
    tallyInvitations(invitations, { places: comparedPlaces(view, plan), tally: members })
    return members.uids
  },
}
