import { forEachPerson } from '../events/scan.ts'
import { audienceOf } from './audience.ts'
import { type Audience, conditionsOn } from './filters.ts'
import { latestErrors, latestPurchases } from './now-feed.ts'
import type { StatParams } from './requests.ts'
import type { Stat } from './stat.ts'
import { Counts, Members, type Tally } from './tally.ts'
import { answered, type View } from './view.ts'

type Params = StatParams['now']

const minuteMs = 60_000
const shownMinutes = 30
const feedMs = 24 * 60 * minuteMs
/** Minutes back from now within which a person counts. */
const windows = { active5: 5, active30: 30 } as const

/** The first ms of the first minute shown; the last one runs. */
const firstMinute = ({ asOf }: View) => Math.floor(asOf / minuteMs) * minuteMs - (shownMinutes - 1) * minuteMs

/**
 * Reports who was active in the last 5 and 30 minutes, and the events of each minute and of the last five. What a sender
 * dated ahead, by its clock, counts as of now.
 */
async function evaluate(view: View, params: Params, to: { audience: Audience; tally: Tally }): Promise<void> {
  const { asOf } = view
  const { audience, tally } = to
  const first = firstMinute(view)
  const where = conditionsOn('event', params.where)
  const from = asOf - windows.active30 * minuteMs
  await forEachPerson(view, { steps: [{ event: null }], where, from, audience }, (person) => {
    const { uid, at } = person
    const last = at[person.end - 1] ?? 0
    for (const [figure, minutes] of Object.entries(windows))
      if (last >= asOf - minutes * minuteMs) tally.add(figure, 0, uid)
    for (let index = person.start; index < person.end; index++) {
      const time = Math.min(at[index] ?? 0, asOf)
      if (time >= asOf - windows.active5 * minuteMs) tally.add('recent', 0, uid)
      if (time >= first) tally.add('events', Math.floor((time - first) / minuteMs), uid)
    }
  })
}

/** What happens now, at the watermark of the roll-up, which is a second old at most. */
export const nowStat: Stat<'now'> = {
  async fromCells() {
    return null
  },
  async scan(view, params) {
    const counts = new Counts()
    const audience = await audienceOf(view, params)
    await evaluate(view, params, { audience, tally: counts })
    const scope = { where: conditionsOn('event', params.where), from: view.asOf - feedMs, audience }
    return {
      ...answered(view),
      active5: counts.of('active5', 0),
      active30: counts.of('active30', 0),
      eventsPerMinute: counts.of('recent', 0) / windows.active5,
      minutes: Array.from({ length: shownMinutes }, (_, index) => ({
        startsAt: new Date(firstMinute(view) + index * minuteMs).toISOString(),
        events: counts.of('events', index),
      })),
      purchases: await latestPurchases(view, scope),
      errors: await latestErrors(view, scope),
    }
  },
  async people(view, params) {
    const members = new Members((figure) => figure === params.cell)
    await evaluate(view, params, { audience: await audienceOf(view, params), tally: members })
    return members.uids
  },
}
