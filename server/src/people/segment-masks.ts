import { savedSegmentsOf } from '@botdeck/shared/actions/saved-segments'
import type { Queryable } from '@botdeck/shared/db/db'
import { type Condition, type ConditionOp, conditionTest } from '@botdeck/shared/domain/conditions'
import {
  inOrderOfNeed,
  namesItsSegments,
  type SavedSegment,
  segmentsNamed,
} from '@botdeck/shared/domain/saved-segments'
import { type SegmentThresholds, segmentConditions, segmentNames } from '@botdeck/shared/domain/segments'

/** Operators that hold where no value, and so no segment, speaks against them. */
const negative: readonly ConditionOp[] = ['ne', 'not_contains', 'is_not_set']

/** Conditions on segments look no deeper than this. */
function reached(asked: readonly Condition[], saved: readonly SavedSegment[]): SavedSegment[] {
  if (!namesItsSegments(asked)) return [...saved]
  const byName = new Map(saved.map((segment) => [segment.name, segment]))
  const found = new Set<SavedSegment>()
  const open = segmentsNamed(asked)
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const segment = byName.get(name)
    if (!segment || found.has(segment)) continue
    found.add(segment)
    open.push(...segmentsNamed(segment.conditions))
  }
  return saved.filter((segment) => found.has(segment))
}

/** Who is in which segment, for the segments that conditions ask for; each is worked out at its first use. */
export class SegmentMasks {
  readonly #conditions: ReadonlyMap<string, readonly Condition[]>
  readonly #masks = new Map<string, Uint8Array>()
  #passing: (conditions: readonly Condition[]) => Uint8Array = () => new Uint8Array(0)

  private constructor(conditions: ReadonlyMap<string, readonly Condition[]>) {
    this.#conditions = conditions
  }

  /** `asked` are conditions on segments. Throws where saved segments name one another in a circle, which saving refuses. */
  static async open(
    db: Queryable,
    asked: readonly Condition[],
    thresholds: SegmentThresholds,
  ): Promise<SegmentMasks> {
    const saved = inOrderOfNeed(await savedSegmentsOf(db))
    if (!saved) throw new Error('saved segments name one another in a circle')
    return new SegmentMasks(
      new Map([
        ...segmentNames.map((name) => [name, segmentConditions(name, thresholds)] as const),
        ...reached(asked, saved).map(({ name, conditions }) => [name, conditions] as const),
      ]),
    )
  }

  /** Every condition that membership rests on. */
  get conditions(): Condition[] {
    return [...this.#conditions.values()].flat()
  }

  /** Says who meets conditions; called before the first question. */
  resolveWith(passing: (conditions: readonly Condition[]) => Uint8Array): void {
    this.#passing = passing
  }

  #maskOf(name: string): Uint8Array {
    const mask = this.#masks.get(name) ?? this.#passing(this.#conditions.get(name) ?? [])
    this.#masks.set(name, mask)
    return mask
  }

  /** The names of all segments that a person is in. */
  of(uid: number): string[] {
    return [...this.#conditions.keys()].filter((name) => this.#maskOf(name)[uid] === 1)
  }

  /** Who meets a condition on segments: with some segment of theirs, or with a negative operator with all of them. */
  passing({ op, value }: Condition, people: number): Uint8Array {
    const test = conditionTest(op, value)
    const isNegative = negative.includes(op)
    const found = new Uint8Array(people)
    for (const name of this.#conditions.keys()) {
      if (test(name) === isNegative) continue
      const mask = this.#maskOf(name)
      for (let uid = 0; uid < people; uid++) if (mask[uid] === 1) found[uid] = 1
    }
    return isNegative ? found.map((is) => 1 - is) : found
  }
}
