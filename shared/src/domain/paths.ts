/** A place in the tree of paths: how often it was come to, by how many people, and where to next. */
export type PathNode = {
  paths: number
  users: number
  next: Map<string, PathNode>
}

type Stamped = PathNode & { next: Map<string, Stamped>; last: number }

/**
 * Counts paths: what follows a start event, step by step, as a tree of event types. Each path counts once at every place
 * it passes; a person counts once at a place, however many of their paths pass it. Paths of one person must come one
 * after another.
 */
export class PathTree {
  readonly #root: Stamped = { paths: 0, users: 0, next: new Map(), last: Number.NaN }

  /** The start event, which every path begins with. */
  get root(): PathNode {
    return this.#root
  }

  add(uid: number, types: readonly string[]): void {
    let node = this.#root
    count(node, uid)
    for (const type of types) {
      let next = node.next.get(type)
      if (!next) {
        next = { paths: 0, users: 0, next: new Map(), last: Number.NaN }
        node.next.set(type, next)
      }
      count(next, uid)
      node = next
    }
  }
}

function count(node: Stamped, uid: number): void {
  node.paths += 1
  if (node.last === uid) return
  node.users += 1
  node.last = uid
}

/** The places that most paths go on to, at most `limit` of them; of equal ones by name. The others are in the rest. */
export function topBranches(node: PathNode, limit: number): [type: string, node: PathNode][] {
  return [...node.next]
    .sort(([a, left], [b, right]) => right.paths - left.paths || (a < b ? -1 : 1))
    .slice(0, limit)
}

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
    let last = events.at[first] as number
    for (let index = first + 1; index < events.end && types.length < depth; index++) {
      if (!events.continues(index)) continue
      // @NOTE The index lies inside.
      const at = events.at[index] as number
      if (at - last > gapMs) break
      types.push(events.type(index))
      last = at
    }
    visit(types)
  }
}
