import { type Step, settlePerson } from '@botdeck/shared/domain/conditions'
import type { Audience } from '../stats/filters.ts'
import { conditionsOn } from '../stats/filters.ts'

/** A step that a person may not match is settled to one of no types. */
function fits({ event }: Step): boolean {
  return !Array.isArray(event) || event.length > 0
}

/**
 * What the conditions of steps on people leave of an event's bits, by uid; null where no step has any.
 * @returns one answer a person: that of `people` uids where the audience can tell all at once
 */
export function personMarks(
  steps: readonly Step[],
  { audience, people }: { audience: Audience; people: number },
): Int32Array | null {
  const asked = steps.map(({ where }) => conditionsOn('user', where))
  if (asked.every((conditions) => conditions.length === 0)) return null
  const bits = new Int32Array(people).fill(-1)
  for (const [index, step] of steps.entries()) {
    const conditions = asked[index] ?? []
    if (conditions.length === 0) continue
    const bit = 1 << index
    const passing = audience.passing?.(conditions)
    for (let uid = 0; uid < people; uid++) {
      const passes = passing
        ? passing[uid] === 1
        : audience.has(uid) && fits(settlePerson(step, audience.fieldOf(uid)))
      if (!passes) bits[uid] = (bits[uid] ?? 0) & ~bit
    }
  }
  return bits
}

/** The audience by uid: 1 for each of `people` uids who is counted. */
export function audienceMask(audience: Audience, people: number): Uint8Array {
  const { mask } = audience
  if (mask && mask.length >= people) return mask
  const counted = new Uint8Array(people)
  for (let uid = 0; uid < people; uid++) if (audience.has(uid)) counted[uid] = 1
  return counted
}
