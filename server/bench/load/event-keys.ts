import { mix } from '../dataset/random.ts'

const halves = new Uint32Array(2)
const whole = new BigInt64Array(halves.buffer)

/**
 * A key as `track` would store for the event of this number: 63 bits that look drawn by chance. A hash proper would take
 * longer than the row itself.
 */
export function eventKeyOf(number: number): bigint {
  halves[0] = mix(number)
  halves[1] = mix(number ^ 0x5bd1e995) >>> 1
  return whole[0] ?? 0n
}
