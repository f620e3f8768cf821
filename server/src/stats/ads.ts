import { valueText } from '@botdeck/shared/domain/conditions'
import { rate } from '@botdeck/shared/domain/numbers'
import { forEachEvent } from '../events/each-event.ts'
import { audienceOf } from './audience.ts'
import { type Compared, comparedPlaces, comparedRange, isRecordedBefore } from './compared.ts'
import { type Audience, conditionsOn } from './filters.ts'
import { currentPlace, firstPoint, previousPlace, reachOf } from './overview-figures.ts'
import type { Span } from './overview-spans.ts'
import type { StatParams } from './requests.ts'
import { Rows, totalRow } from './rows.ts'
import type { Stat } from './stat.ts'
import { Counts, distinctPeople, Members, type Tally } from './tally.ts'
import { answered, rangeOf, type View } from './view.ts'

type Params = StatParams['ads']

const steps = [{ event: 'ad_shown' }, { event: 'ad_clicked' }]
const shownMark = 1
const indexOf = (row: number, place: number) => row * firstPoint + place

interface Run {
  plan: Compared
  params: Params
  audience: Audience
  rows: Rows
  tally: Tally
}

/** Reports every ad shown and clicked in each period, at the total and at the row of the ad. */
async function evaluate(view: View, { plan, params, audience, rows, tally }: Run): Promise<void> {
  const people = distinctPeople(tally)
  const places = comparedPlaces(view, plan)
  const where = conditionsOn('event', params.where)
  const query = { steps, where, ...reachOf(plan), audience, property: 'adId' }
  await forEachEvent(view, query, ({ uid, at, marks, value }) => {
    const own = rows.of(valueText(value) ?? '')
    const [figure, person] = marks & shownMark ? ['shown', 'people'] : ['clicked', 'clickers']
    for (const place of places(at).filter((each) => each < firstPoint))
      for (const index of [indexOf(totalRow, place), indexOf(own, place)]) {
        tally.add(figure, index, uid)
        people.add(person, index, uid)
      }
  })
}

function figuresAt(counts: Counts, index: number) {
  const of = (figure: string) => counts.of(figure, index)
  return {
    shown: of('shown'),
    people: of('people'),
    clicked: of('clicked'),
    clickers: of('clickers'),
    clickRate: rate(of('clicked'), of('shown')),
  }
}

function periodAt({ rows }: Run, counts: Counts, { place, span }: { place: number; span: Span }) {
  const ads = [...rows.entries()]
    .map(([adId, row]) => ({ adId, ...figuresAt(counts, indexOf(row, place)) }))
    .filter(({ shown, clicked }) => shown + clicked > 0)
    .sort((a, b) => b.shown - a.shown || b.clicked - a.clicked || (a.adId < b.adId ? -1 : 1))
  const total = figuresAt(counts, indexOf(totalRow, place))
  return { from: span.fromText, to: span.toText, ads, total }
}

async function runOf(view: View, params: Params, tally: Tally): Promise<Run> {
  const plan = comparedRange(view, rangeOf(view, params))
  return { plan, params, audience: await audienceOf(view, params), rows: new Rows(), tally }
}

/**
 * Ads beside the same number of local days before: times shown, people who saw them, clicks, people who clicked, and
 * clicked ÷ shown. Counted from `ad_shown` and `ad_clicked`.
 */
export const adsStat: Stat<'ads'> = {
  async fromCells() {
    return null
  },
  async scan(view, params) {
    const counts = new Counts()
    const run = await runOf(view, params, counts)
    await evaluate(view, run)
    const { current, previous } = run.plan
    const compares = await isRecordedBefore(view, previous.to, params.includeStaff)
    return {
      ...answered(view),
      current: periodAt(run, counts, { place: currentPlace, span: current }),
      previous: compares ? periodAt(run, counts, { place: previousPlace, span: previous }) : null,
    }
  },
  async people(view, params) {
    const members = new Members(
      (figure, index) =>
        figure === params.cell && index === indexOf(run.rows.asked(params.adId), currentPlace),
    )
    const run = await runOf(view, params, members)
    await evaluate(view, run)
    return members.uids
  },
}
