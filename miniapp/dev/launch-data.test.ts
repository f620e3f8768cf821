import { describe, expect, it } from 'vitest'
import { signInitData } from './launch-data.ts'

describe('signInitData', () => {
  it('signs what the server proves: sorted fields under the key of the token', () => {
    const raw = signInitData('1:token', { id: 7, first_name: 'Ann', language_code: 'en' }, 1_790_000_000)
    const fields = new URLSearchParams(raw)
    expect(fields.get('hash')).toMatch(/^[\da-f]{64}$/)
    expect(JSON.parse(fields.get('user') ?? '')).toMatchObject({ id: 7, first_name: 'Ann' })
    expect(
      signInitData('2:other', { id: 7, first_name: 'Ann', language_code: 'en' }, 1_790_000_000),
    ).not.toBe(raw)
  })
})
