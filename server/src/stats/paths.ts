import { forEachPath, type PathPlace, PathTree, placeOf, topBranches } from '@botdeck/shared/domain/paths'
import { RunningFigure } from '@botdeck/shared/domain/running-figure'
import { forEachPerson } from '../events/scan.ts'
import { audienceOf } from './audience.ts'
import type { StatParams } from './requests.ts'
import type { Stat } from './stat.ts'
import { answered, rangeOf, type View } from './view.ts'

type Params = StatParams['paths']

const minuteMs = 60_000
const opening = 1
const continuing = 2

/** Every path that opens in the range, as a tree. */
async function readPaths(view: View, params: Params): Promise<PathTree> {
  const { event, events, depth, gapMinutes } = params
  const { from, to } = rangeOf(view, params)
  const gapMs = gapMinutes === undefined ? Number.POSITIVE_INFINITY : gapMinutes * minuteMs
  // A path goes on after the range; with a gap, for so long at most.
  const until = gapMinutes === undefined ? undefined : to + depth * gapMs + 1
  const steps = [event, { event: events ?? null }]
  const audience = await audienceOf(view, params, steps)
  const tree = new PathTree()
  await forEachPerson(view, { steps, where: params.where, from, to: until, audience }, (person) => {
    const has = (index: number, mark: number) => ((person.marks[index] ?? 0) & mark) !== 0
    const walk = {
      start: person.start,
      end: person.end,
      at: person.at,
      type: (index: number) => person.type(index),
      opens: (index: number) => has(index, opening) && (person.at[index] ?? to) < to,
      continues: (index: number) => has(index, continuing),
    }
    forEachPath(walk, { depth, gapMs }, (types) => tree.add(person.uid, types))
  })
  return tree
}

/** What is counted at a place of the tree. */
class PlaceFigures {
  readonly at = new RunningFigure()
  readonly other = new RunningFigure()
  readonly end = new RunningFigure()
}

const countsOf = ({ events, users }: RunningFigure) => ({ paths: events, users })
const countsOrNone = (figure: RunningFigure) => (figure.events === 0 ? null : countsOf(figure))

type Figures = Map<PathPlace, PlaceFigures>

/** A place and those it leads to, each before its own. */
function placesFrom(
  place: PathPlace,
  { path, figures, branches }: { path: string[]; figures: Figures; branches: number },
): object[] {
  const { at, other, end } = figures.get(place) ?? new PlaceFigures()
  const here = { path, ...countsOf(at), other: countsOrNone(other), end: countsOrNone(end) }
  const further = topBranches(place, branches).flatMap((next) =>
    placesFrom(next, { path: [...path, next.type], figures, branches }),
  )
  return [here, ...further]
}

/**
 * What people do next: every start event in the range opens a path of the events that follow it, told apart by their
 * types. At each place the paths and the distinct people; `paths` = those of the next places + `other` + `end`.
 */
export const pathsStat: Stat<'paths'> = {
  async fromCells() {
    return null
  },
  async scan(view, params) {
    const tree = await readPaths(view, params)
    const figures: Figures = new Map()
    tree.forEachPlace(params, (what, place, uid) => {
      let counted = figures.get(place)
      if (!counted) {
        counted = new PlaceFigures()
        figures.set(place, counted)
      }
      counted[what].add(uid)
    })
    const complete = rangeOf(view, params).to <= view.asOf
    const places = placesFrom(tree.root, { path: [], figures, branches: params.branches })
    return { ...answered(view), places, complete }
  },
  async people(view, params) {
    const tree = await readPaths(view, params)
    const asked = placeOf(tree, params.path)
    const figure = params.next ?? 'at'
    const uids = new Set<number>()
    // Who passes a place that is pooled can be asked for all the same.
    const branches = params.next === 'other' ? params.branches : Number.POSITIVE_INFINITY
    tree.forEachPlace({ ...params, branches }, (what, place, uid) => {
      if (place === asked && what === figure) uids.add(uid)
    })
    return uids
  },
}
