import { describe, expect, it } from 'vitest'
import { contrast, isDark, mix, readable } from './contrast.ts'
import { allowedEmbedder } from './origin.ts'
import { paletteOf } from './palette.ts'

describe('contrast', () => {
  it('is 21 for black on white and 1 for a colour on itself', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5)
    expect(contrast('#2481cc', '#2481cc')).toBe(1)
    // WebAIM's example of a grey that just fails.
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
  })
})

describe('readable', () => {
  it('leaves a colour that can be read and moves one that cannot', () => {
    expect(readable('#000000', ['#ffffff'])).toBe('#000000')
    expect(contrast(readable('#dddddd', ['#ffffff']), '#ffffff')).toBeGreaterThanOrEqual(4.5)
    expect(contrast(readable('#333333', ['#111111']), '#111111')).toBeGreaterThanOrEqual(4.5)
  })

  it('reads short and long notations', () => {
    expect(mix('#f00', '#000', 1)).toBe('#ff0000')
    expect(isDark('#17212b')).toBe(true)
  })
})

describe('paletteOf', () => {
  const odd = [
    {},
    {
      bgColor: '#17212b',
      secondaryBgColor: '#232e3c',
      textColor: '#f5f5f5',
      hintColor: '#708499',
      buttonColor: '#5288c1',
    },
    {
      bgColor: '#ffee00',
      textColor: '#ffff00',
      hintColor: '#ffdd00',
      buttonColor: '#ffff88',
      buttonTextColor: '#ffffff',
    },
    {
      bgColor: '#808080',
      textColor: '#888888',
      hintColor: '#777777',
      linkColor: '#808080',
      buttonColor: '#808080',
    },
  ]

  it('keeps words at 4.5 : 1 and graphics at 3 : 1 in every theme', () => {
    for (const theme of odd)
      for (const dark of [false, true]) {
        const palette = paletteOf(theme, dark)
        for (const surface of [palette.page, palette.card])
          for (const ink of ['text', 'hint', 'link', 'header', 'danger', 'good', 'bad'] as const)
            expect(
              contrast(palette[ink], surface),
              `${ink} of ${JSON.stringify(theme)}`,
            ).toBeGreaterThanOrEqual(4.49)
        expect(contrast(palette['on-button'], palette.button)).toBeGreaterThanOrEqual(4.49)
        for (const shape of ['series', 'cat-1', 'cat-6'] as const)
          expect(contrast(palette[shape], palette.card)).toBeGreaterThanOrEqual(2.99)
      }
  })

  it('sets the page apart from its cards', () => {
    const { page, card } = paletteOf({ bgColor: '#ffffff', secondaryBgColor: '#ffffff' }, false)
    expect(page).not.toBe(card)
  })
})

describe('allowedEmbedder', () => {
  it('is the embedding origin when listed, and nothing else', () => {
    const listed = 'https://web.telegram.org http://127.0.0.1:8081'
    expect(allowedEmbedder(listed, 'http://127.0.0.1:8081')).toBe('http://127.0.0.1:8081')
    expect(allowedEmbedder(listed, 'https://evil.example')).toBeNull()
    expect(allowedEmbedder(listed, null)).toBeNull()
  })
})
