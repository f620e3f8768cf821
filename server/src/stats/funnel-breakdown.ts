import { type Breakdown, BreakdownRows, type RowName } from './breakdown.ts'
import { FunnelFigures } from './funnel-figures.ts'
import { forEachMatch, type Match } from './funnel-matches.ts'
import type { StatParams } from './requests.ts'
import type { View } from './view.ts'

type Params = StatParams['funnel']

const mostSteps = 10

/**
 * Everybody's match with the values it is sorted by, as columns: which values are shown is known only after the last
 * person, and people must not be read twice for it.
 */
class MatchLog {
  readonly #uids: number[] = []
  /** How many values the match has. */
  readonly #widths: number[] = []
  readonly #reached: number[] = []
  readonly #open: boolean[] = []
  readonly #times: number[] = []
  readonly #values: (string | null)[] = []

  add(uid: number, { reached, open, times }: Match, values: readonly (string | null)[]): void {
    this.#uids.push(uid)
    this.#widths.push(values.length)
    this.#reached.push(reached)
    this.#open.push(open)
    for (let step = 0; step < reached; step++) this.#times.push(times[step] ?? 0)
    this.#values.push(...values)
  }

  /** How many people each value has at the first step. */
  totals(): Map<string, number> {
    const totals = new Map<string, number>()
    for (const value of this.#values) if (value !== null) totals.set(value, (totals.get(value) ?? 0) + 1)
    return totals
  }

  /** Calls `visit` for each match, once with each row that its values belong to; `match` is reused. */
  forEach(rows: BreakdownRows, visit: (uid: number, match: Match, place: number) => void): void {
    const match = { reached: 0, open: false, times: new Float64Array(mostSteps) }
    let time = 0
    let value = 0
    for (let index = 0; index < this.#uids.length; index++) {
      match.reached = this.#reached[index] ?? 0
      match.open = this.#open[index] ?? false
      for (let step = 0; step < match.reached; step++) match.times[step] = this.#times[time++] ?? 0
      const places = new Set<number>()
      for (let left = this.#widths[index] ?? 0; left > 0; left--)
        places.add(rows.placeOf(this.#values[value++] ?? null))
      for (const place of places) visit(this.#uids[index] ?? 0, match, place)
    }
  }
}

async function readLog(view: View, params: Params & { breakdown: Breakdown }) {
  const log = new MatchLog()
  const whole = new FunnelFigures(params.steps)
  await forEachMatch(view, params, (uid, match, values) => {
    whole.add(match)
    log.add(uid, match, values)
  })
  return { log, whole, rows: new BreakdownRows(log.totals(), params.breakdown) }
}

/** The figures of everybody, and those of each row that has anybody. */
export async function readBreakdown(
  view: View,
  params: Params & { breakdown: Breakdown },
): Promise<{ whole: FunnelFigures; rows: (RowName & { steps: object[] })[] }> {
  const { log, whole, rows } = await readLog(view, params)
  const figures = rows.names.map(() => new FunnelFigures(params.steps))
  log.forEach(rows, (_uid, match, place) => figures[place]?.add(match))
  const named = rows.names.flatMap((name, place) => {
    const row = figures[place]
    return row && !row.isEmpty ? [{ ...name, steps: row.answer().steps }] : []
  })
  return { whole, rows: named }
}

/** Calls `visit` for each match of the values that are not shown by themselves. */
export async function forEachOther(
  view: View,
  params: Params & { breakdown: Breakdown },
  visit: (uid: number, match: Match) => void,
): Promise<void> {
  const { log, rows } = await readLog(view, params)
  log.forEach(rows, (uid, match, place) => {
    if (place === rows.others) visit(uid, match)
  })
}
