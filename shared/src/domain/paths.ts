/** What events of one person look like to paths: when, of which type, and whether each opens or goes on with a path. */
export type PathEvents = {
  start: number
  end: number
  at: ArrayLike<number>
  type: (index: number) => string
  opens: (index: number) => boolean
  continues: (index: number) => boolean
}

/**
 * Calls `visit` with the types that follow each event that opens a path: the next `depth` ones that continue it, in the
 * order given, none of them more than `gapMs` after the one before. Repeats are kept.
 */
export function forEachPath(
  events: PathEvents,
  { depth, gapMs }: { depth: number; gapMs: number },
  visit: (types: string[]) => void,
): void {
  for (let first = events.start; first < events.end; first++) {
    if (!events.opens(first)) continue
    const types: string[] = []
    // @NOTE The indices lie inside.
    let last = events.at[first] as number
    for (let index = first + 1; index < events.end && types.length < depth; index++) {
      if (!events.continues(index)) continue
      const at = events.at[index] as number
      if (at - last > gapMs) break
      types.push(events.type(index))
      last = at
    }
    visit(types)
  }
}

/** A place in the tree of paths: the event types that lead to it from the start event, and where paths go on to. */
export type PathPlace = {
  type: string
  parent: PathPlace | null
  depth: number
  paths: number
  next: Map<string, PathPlace>
}

function placeAfter(parent: PathPlace | null, type: string): PathPlace {
  return { type, parent, depth: parent ? parent.depth + 1 : 0, paths: 0, next: new Map() }
}

/** All paths of everybody: the places that they pass as a tree, and where the path of whom ends. */
export class PathTree {
  /** The start event, which every path begins with. */
  readonly root: PathPlace = placeAfter(null, '')
  readonly #uids: number[] = []
  readonly #ends: PathPlace[] = []

  /** Takes one path of a person; those of one person must come one after another. */
  add(uid: number, types: readonly string[]): void {
    let place = this.root
    place.paths += 1
    for (const type of types) {
      let next = place.next.get(type)
      if (!next) {
        next = placeAfter(place, type)
        place.next.set(type, next)
      }
      next.paths += 1
      place = next
    }
    this.#uids.push(uid)
    this.#ends.push(place)
  }

  /**
   * Calls `emit` for every path at each place that it passes: `at` the place, then at the next one; `other` where it goes
   * on to a branch that is not among the `branches` most frequent of the place, and no further; `end` where it goes no
   * further before `depth` steps.
   */
  forEachPlace(
    { branches, depth }: { branches: number; depth: number },
    emit: (what: 'at' | 'other' | 'end', place: PathPlace, uid: number) => void,
  ): void {
    const top = new Map<PathPlace, Set<PathPlace>>()
    const isTop = (place: PathPlace, parent: PathPlace) => {
      let places = top.get(parent)
      if (!places) {
        places = new Set(topBranches(parent, branches))
        top.set(parent, places)
      }
      return places.has(place)
    }
    for (const [index, end] of this.#ends.entries()) {
      const uid = this.#uids[index] as number
      const trail = trailOf(end)
      const pooled = trail.findIndex((place) => place.parent !== null && !isTop(place, place.parent))
      for (const place of pooled < 0 ? trail : trail.slice(0, pooled)) emit('at', place, uid)
      const parent = trail[pooled - 1]
      if (parent) emit('other', parent, uid)
      else if (end.depth < depth) emit('end', end, uid)
    }
  }
}

/** The places from the start to this one. */
function trailOf(end: PathPlace): PathPlace[] {
  const trail: PathPlace[] = []
  for (let place: PathPlace | null = end; place; place = place.parent) trail.push(place)
  return trail.reverse()
}

/** The places that most paths go on to, at most `limit` of them; of equal ones by name. */
export function topBranches({ next }: PathPlace, limit: number): PathPlace[] {
  return [...next.values()].sort((a, b) => b.paths - a.paths || (a.type < b.type ? -1 : 1)).slice(0, limit)
}

/** The place that a path of types leads to from the start; undefined where no path does. */
export function placeOf(tree: PathTree, path: readonly string[]): PathPlace | undefined {
  return path.reduce<PathPlace | undefined>((place, type) => place?.next.get(type), tree.root)
}
