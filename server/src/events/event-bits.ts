import type { Codes } from '../columns/event-chunk.ts'
import type { ScanPlan, TypePlan } from './scan-plan.ts'
import type { ReadChunk } from './sealed-chunks.ts'
import { kept } from './step-bits.ts'
import type { CodeTest } from './value-codes.ts'

/** `kept` as the sign of a 32-bit number, which bitwise operators make of it. */
export const kept32 = kept | 0

type CodesByKey = ReadonlyMap<string, Codes | null>

/** What the bits of each event of a chunk are made of; `activity` has a 1 for each that is activity. */
export interface EventBits {
  /** The bits of every event, before its own properties take some away. */
  all: number
  /** The bits of those that are activity besides; 0 where that makes no difference. */
  ofActivity: number
  activity: Uint8Array
  /** What the properties of an event leave of them; there may be none. */
  tests: readonly { codes: Codes; test: CodeTest }[]
}

const noFlags = new Uint8Array(0)

/** The bits of events that all have the same. */
export function sameBits(all: number): EventBits {
  return { all, ofActivity: 0, activity: noFlags, tests: [] }
}

/** The bits of each event of a chunk by its type, activity and properties; one number where they are the same for all. */
export function bitsOf(
  plan: ScanPlan,
  type: TypePlan,
  { activity, codes }: Pick<ReadChunk, 'activity'> & { codes: CodesByKey },
): EventBits | number {
  // What the events lack is asked of all at once.
  let left = -1
  const tests: EventBits['tests'][number][] = []
  for (const test of type.tests) {
    const own = codes.get(test.key)
    if (own) tests.push({ codes: own, test })
    else left &= test.of(0)
  }
  const all = (kept | type.named | (activity === true ? plan.ofActivity : 0)) & left
  const ofActivity = typeof activity === 'boolean' ? 0 : plan.ofActivity & left
  if (ofActivity === 0 && tests.length === 0) return all
  return { all, ofActivity, activity: typeof activity === 'boolean' ? noFlags : activity, tests }
}

/** 1 for any number but 0, which has 0: without a branch, which would be guessed wrongly for every few events. */
function isSome(bits: number): number {
  return (bits | (0 - bits)) >>> 31
}

/** Where events of a chunk are that may count, by the property that is asked first. */
export class ChosenEvents {
  #places = new Uint32Array(0)

  /**
   * The places whose value leaves them a step, or with `withActivity` leaves them at all, and those whose value was not
   * asked yet; null where no property alone tells. The answer is good until the next question.
   */
  choose(
    { all, ofActivity, tests }: EventBits,
    { withActivity, start, end }: { withActivity: boolean; start: number; end: number },
  ): Uint32Array | null {
    const [first] = tests
    if (!first || ofActivity !== 0) return null
    if (this.#places.length < end - start) this.#places = new Uint32Array((end - start) * 2)
    const places = this.#places
    const { codes, test } = first
    const known = test.knownFor(2 ** (8 * Math.min(2, codes.BYTES_PER_ELEMENT)))
    const wanted = withActivity ? -1 : ~kept32
    let count = 0
    for (let index = start; index < end; index++) {
      const left = known[codes[index] ?? 0] ?? 0
      const own = all & left
      places[count] = index
      count += ((own >>> 31) & isSome(own & wanted)) | (isSome(left) ^ 1)
    }
    return places.subarray(0, count)
  }
}
