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
  /** Its place among all places of the tree. */
  number: number
  type: string
  parent: PathPlace | null
  depth: number
  paths: number
  next: Map<string, PathPlace>
}

/** What a path does at a place: it is there, goes on to a pooled branch, or goes no further. */
export type PathStop = { what: 'at' | 'other' | 'end'; place: PathPlace }

/** All paths of everybody: the places that they pass as a tree, and where the path of whom ends. */
export class PathTree {
  readonly #places: PathPlace[] = []
  /** Of each path whose it is, and the number of the place at which it ends. */
  #uids = new Uint32Array(1024)
  #ends = new Uint32Array(1024)
  #paths = 0
  /** The start event, which every path begins with. */
  readonly root: PathPlace = this.#placeAfter(null, '')

  #placeAfter(parent: PathPlace | null, type: string): PathPlace {
    const depth = parent ? parent.depth + 1 : 0
    const place = { number: this.#places.length, type, parent, depth, paths: 0, next: new Map() }
    this.#places.push(place)
    parent?.next.set(type, place)
    return place
  }

  /** Takes one path of a person; those of one person must come one after another. */
  add(uid: number, types: readonly string[]): void {
    let place = this.root
    place.paths += 1
    for (const type of types) {
      place = place.next.get(type) ?? this.#placeAfter(place, type)
      place.paths += 1
    }
    if (this.#paths === this.#uids.length) this.#grow()
    this.#uids[this.#paths] = uid
    this.#ends[this.#paths] = place.number
    this.#paths += 1
  }

  #grow(): void {
    const grown = (array: Uint32Array) => {
      const larger = new Uint32Array(array.length * 2)
      larger.set(array)
      return larger
    }
    this.#uids = grown(this.#uids)
    this.#ends = grown(this.#ends)
  }

  /**
   * Calls `emit` for every path at each place that it passes: `at` the place, then at the next one; `other` where it goes
   * on to a branch that is not among the `branches` most frequent of the place, and no further; `end` where it goes no
   * further before `depth` steps.
   */
  forEachPlace(
    { branches, depth }: { branches: number; depth: number },
    emit: (what: PathStop['what'], place: PathPlace, uid: number) => void,
  ): void {
    const shown = new Set(this.#places.flatMap((place) => topBranches(place, branches)))
    const stops = this.#places.map((end) => stopsOf(end, { shown, depth }))
    for (let path = 0; path < this.#paths; path++) {
      const uid = this.#uids[path] ?? 0
      for (const { what, place } of stops[this.#ends[path] ?? 0] ?? []) emit(what, place, uid)
    }
  }
}

/** What a path does that ends at a place, from the start on. */
function stopsOf(
  end: PathPlace,
  { shown, depth }: { shown: ReadonlySet<PathPlace>; depth: number },
): PathStop[] {
  const trail: PathPlace[] = []
  for (let place: PathPlace | null = end; place; place = place.parent) trail.push(place)
  trail.reverse()
  const pooled = trail.findIndex((place) => place.parent !== null && !shown.has(place))
  const passed = pooled < 0 ? trail : trail.slice(0, pooled)
  const stops: PathStop[] = passed.map((place) => ({ what: 'at', place }))
  const last = passed.at(-1)
  if (last && pooled >= 0) stops.push({ what: 'other', place: last })
  else if (end.depth < depth) stops.push({ what: 'end', place: end })
  return stops
}

/** The places that most paths go on to, at most `limit` of them; of equal ones by name. */
export function topBranches({ next }: PathPlace, limit: number): PathPlace[] {
  return [...next.values()].sort((a, b) => b.paths - a.paths || (a.type < b.type ? -1 : 1)).slice(0, limit)
}

/** The place that a path of types leads to from the start; undefined where no path does. */
export function placeOf(tree: PathTree, path: readonly string[]): PathPlace | undefined {
  return path.reduce<PathPlace | undefined>((place, type) => place?.next.get(type), tree.root)
}
