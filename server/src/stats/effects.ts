import { quantile, rate } from '@botdeck/shared/domain/numbers'
import { asc, desc } from 'drizzle-orm'
import { audienceOf } from './audience.ts'
import { type Compared, comparedRange, isRecordedBefore } from './compared.ts'
import { creditPriceOf } from './credit-price.ts'
import { EffectPlaces, type EffectsRun, failureFigure, type Times, tallyEffects } from './effects-figures.ts'
import type { Audience } from './filters.ts'
import { currentPlace, firstPoint, previousPlace } from './overview-figures.ts'
import { headingOf, pointNamed } from './points.ts'
import type { StatParams } from './requests.ts'
import { Rows, totalRow } from './rows.ts'
import type { Stat } from './stat.ts'
import { Counts, Members, type Tally } from './tally.ts'
import { answered, rangeOf, type View } from './view.ts'

type Params = StatParams['effects']

interface Counted {
  plan: Compared
  at: EffectPlaces
  counts: EffectCounts
  times: Times
  /** Average net price of a credit in the current and in the previous period. */
  prices: readonly [number | null, number | null]
  currency: string
}

/** Counts what is reported, and beside it the distinct people of each type of failure. */
class EffectCounts extends Counts {
  readonly #people = new Map<string, Map<number, Set<number>>>()

  override add(figure: string, index: number, uid: number, amount?: number): void {
    super.add(figure, index, uid, amount)
    if (!figure.startsWith(failureFigure(''))) return
    const errorType = figure.slice(failureFigure('').length)
    const places = this.#people.get(errorType) ?? new Map<number, Set<number>>()
    this.#people.set(errorType, places)
    places.set(index, (places.get(index) ?? new Set()).add(uid))
  }

  /** The failures at a place by type, most first. */
  failuresAt(index: number): { errorType: string; count: number; users: number }[] {
    return [...this.#people]
      .map(([errorType, places]) => ({
        errorType,
        count: this.of(failureFigure(errorType), index),
        users: places.get(index)?.size ?? 0,
      }))
      .filter(({ count }) => count > 0)
      .sort((a, b) => b.count - a.count || (a.errorType < b.errorType ? -1 : 1))
  }
}

function figuresAt({ at, counts, times, prices, currency }: Counted, row: number, place: 0 | 1): object {
  const index = at.of(row, place)
  const of = (figure: string) => counts.of(figure, index)
  const [uses, credits, price] = [of('uses'), of('credits'), prices[place]]
  const took = times.get(index) ?? []
  return {
    uses,
    users: of('users'),
    succeeded: of('succeeded'),
    failed: of('failed'),
    successRate: rate(of('succeeded'), uses),
    failures: counts.failuresAt(index),
    p50Ms: quantile(took, 0.5),
    p95Ms: quantile(took, 0.95),
    refunds: of('refunds'),
    credits,
    revenue: price === null ? null : { amount: credits * price, currency },
  }
}

function rowAt(counted: Counted, row: number, compares: boolean): object {
  const { plan, at, counts } = counted
  return {
    ...figuresAt(counted, row, currentPlace),
    previous: compares ? figuresAt(counted, row, previousPlace) : null,
    points: plan.points.map((point, index) => ({
      ...headingOf(point),
      uses: counts.of('uses', at.of(row, firstPoint + index)),
      users: counts.of('users', at.of(row, firstPoint + index)),
      complete: point.complete,
    })),
  }
}

/** Effects that are offered or have figures: most used first, then in the order of the catalogue. */
async function effectRows(view: View, counted: Counted, rows: Rows) {
  const { effects } = view.db.t
  const catalogue = await view.db.orm
    .select()
    .from(effects)
    .orderBy(desc(effects.active), asc(effects.position), asc(effects.id))
  const known = new Set(catalogue.map(({ id }) => id))
  const met = [...rows.entries()].flatMap(([id]) =>
    known.has(id) ? [] : [{ id, titles: { en: id, ru: id }, active: false }],
  )
  const usesOf = (row: number) => counted.counts.of('uses', counted.at.of(row, currentPlace))
  const numbered = new Map(rows.entries())
  return [...catalogue, ...met]
    .filter(({ id, active }) => active || numbered.has(id))
    .map(({ id, titles }) => ({ id, titles, row: numbered.get(id) ?? rows.of(id) }))
    .sort((a, b) => usesOf(b.row) - usesOf(a.row))
}

async function answerOf(view: View, params: Params, of: { counted: Counted; rows: Rows }): Promise<object> {
  const { counted, rows } = of
  const { plan, prices, currency } = counted
  const compares = await isRecordedBefore(view, plan.previous.to, params.includeStaff)
  const period = ({ fromText, toText }: Compared['current'], price: number | null) => ({
    from: fromText,
    to: toText,
    creditPrice: price === null ? null : { amount: price, currency },
  })
  return {
    ...answered(view),
    current: period(plan.current, prices[0]),
    previous: compares ? period(plan.previous, prices[1]) : null,
    effects: (await effectRows(view, counted, rows)).map(({ id, titles, row }) => ({
      effectId: id,
      name: titles.en,
      names: titles,
      ...rowAt(counted, row, compares),
    })),
    total: rowAt(counted, totalRow, compares),
  }
}

function runOf(params: Params, parts: { plan: Compared; audience: Audience; tally: Tally }): EffectsRun {
  return { ...parts, filters: params, rows: new Rows(), times: new Map() }
}

/**
 * Effects by what is made with them: pictures that ended in the range, the people who asked for them, success, failures by
 * type, processing times, refunds, and revenue by the credits spent. Counted from events.
 */
export const effectsStat: Stat<'effects'> = {
  async fromCells() {
    return null
  },
  async scan(view, params) {
    const plan = comparedRange(view, rangeOf(view, params), params.interval)
    const counts = new EffectCounts()
    const run = runOf(params, { plan, audience: await audienceOf(view, params), tally: counts })
    await tallyEffects(view, run)
    const prices = [
      await creditPriceOf(view, plan.current, params.includeStaff),
      await creditPriceOf(view, plan.previous, params.includeStaff),
    ] as const
    const { currency } = view.settings
    const counted = { plan, at: new EffectPlaces(plan), counts, times: run.times, prices, currency }
    return answerOf(view, params, { counted, rows: run.rows })
  },
  async people(view, params) {
    const plan = comparedRange(view, rangeOf(view, params), params.interval)
    const { cell, effectId, errorType, start } = params
    const place = start === undefined ? currentPlace : firstPoint + pointNamed(plan.points, start)
    const wanted = errorType === undefined ? cell : failureFigure(errorType)
    const at = new EffectPlaces(plan)
    const members = new Members(
      (figure, index) => figure === wanted && index === at.of(run.rows.asked(effectId), place),
    )
    const run = runOf(params, { plan, audience: await audienceOf(view, params), tally: members })
    await tallyEffects(view, run)
    return members.uids
  },
}
