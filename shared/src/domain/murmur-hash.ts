const c1 = 0xcc9e2d51
const c2 = 0x1b873593

const rotated = (value: number, bits: number) => (value << bits) | (value >>> (32 - bits))
const mixed = (word: number) => Math.imul(rotated(Math.imul(word, c1), 15), c2)

/** The last step: every bit of the input comes to bear on every bit of the hash. */
function avalanche(hash: number): number {
  let mix = hash
  mix = Math.imul(mix ^ (mix >>> 16), 0x85ebca6b)
  mix = Math.imul(mix ^ (mix >>> 13), 0xc2b2ae35)
  return (mix ^ (mix >>> 16)) >>> 0
}

/**
 * MurmurHash3 x86_32 with seed 0 over the UTF-8 bytes of a text: a whole number from 0 to 2³² − 1. Other languages have the
 * same one (PHP `murmur3a`, Python `mmh3`). Source: A. Appleby, MurmurHash3.cpp, public domain.
 */
export function murmurHash(text: string): number {
  const bytes = new TextEncoder().encode(text)
  const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const whole = bytes.length - (bytes.length % 4)
  let hash = 0
  for (let index = 0; index < whole; index += 4)
    hash = Math.imul(rotated(hash ^ mixed(words.getUint32(index, true)), 13), 5) + 0xe6546b64
  let rest = 0
  for (let index = bytes.length - 1; index >= whole; index--) rest = (rest << 8) | (bytes[index] ?? 0)
  return avalanche(hash ^ mixed(rest) ^ bytes.length)
}
