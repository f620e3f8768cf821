import { describe, expect, it } from 'vitest'
import { release } from './memory.ts'

describe('release', () => {
  it('leaves nothing of an array that has its memory for itself', () => {
    const [bytes, numbers] = [new Uint8Array(100).fill(7), Uint32Array.of(1, 2)]
    release(bytes, null, numbers, undefined)
    expect([bytes.length, numbers.length]).toEqual([0, 0])
    release(bytes)
  })

  it('leaves memory alone that others share', () => {
    const whole = Uint8Array.of(1, 2, 3, 4)
    const part = whole.subarray(1, 3)
    const shared = new Uint8Array(new SharedArrayBuffer(2))
    release(part, shared)
    expect([[...whole], [...part], shared.length]).toEqual([[1, 2, 3, 4], [2, 3], 2])
  })
})
