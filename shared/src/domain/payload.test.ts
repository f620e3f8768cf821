import { describe, expect, it } from 'vitest'
import { parseStartPayload } from './payload.ts'

describe('parseStartPayload', () => {
  it('reads a source', () => {
    expect(parseStartPayload('src_news')).toEqual({ kind: 'source', source: 'news' })
    expect(parseStartPayload('src_ref_7')).toEqual({ kind: 'source', source: 'ref_7' })
  })

  it('reads a referral', () => {
    expect(parseStartPayload('ref_42')).toEqual({ kind: 'referral', referrer: 42 })
    expect(parseStartPayload('ref_4503599627370495')).toEqual({
      kind: 'referral',
      referrer: 4503599627370495,
    })
  })

  it('takes any other payload for the source itself', () => {
    for (const source of [
      'spring',
      'Src_x',
      'ref_',
      'ref_0',
      'ref_abc',
      'ref_4503599627370496',
      'ref_1_2',
      ' ',
    ])
      expect(parseStartPayload(source)).toEqual({ kind: 'source', source })
  })

  it('finds nothing in no payload', () => {
    for (const nothing of [undefined, null, '', 'src_'])
      expect(parseStartPayload(nothing)).toEqual({ kind: 'none' })
  })
})
