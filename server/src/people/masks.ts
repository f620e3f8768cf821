/** Leaves in `mask` who is in `other` too; both hold 1 or 0 for each uid, and are of one length. */
export function intersect(mask: Uint8Array, other: Uint8Array): void {
  const whole = mask.length >>> 2
  // Four people at a time.
  const [words, others] = [new Uint32Array(mask.buffer, 0, whole), new Uint32Array(other.buffer, 0, whole)]
  for (let index = 0; index < whole; index++) words[index] = (words[index] ?? 0) & (others[index] ?? 0)
  for (let uid = whole * 4; uid < mask.length; uid++) mask[uid] = (mask[uid] ?? 0) & (other[uid] ?? 0)
}
