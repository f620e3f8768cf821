import { describe, expect, it } from 'vitest'
import { plainText } from './entities.ts'
import { parseHtml } from './html.ts'
import { parseMarkdown } from './markdown.ts'

describe('parseHtml', () => {
  it('nests tags and counts UTF-16 units', () => {
    expect(parseHtml('😀 <b>bold <i>both</i></b> &lt;3 <a href="https://a.b/?x=1&amp;y=2">link</a>')).toEqual(
      {
        text: '😀 bold both <3 link',
        entities: [
          { type: 'bold', offset: 3, length: 9 },
          { type: 'italic', offset: 8, length: 4 },
          { type: 'text_link', offset: 16, length: 4, url: 'https://a.b/?x=1&y=2' },
        ],
      },
    )
  })

  it.each([
    ['<b>x</i>', 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'],
    ['é</b>', 'Unexpected end tag at byte offset 2'],
    ['<div>x</div>', 'Unsupported start tag "div" at byte offset 0'],
    ['1 < 2', 'Unsupported start tag "" at byte offset 2'],
    ['<b>x', 'Can\'t find end tag corresponding to start tag "b"'],
  ])('refuses %s', (source, reason) => {
    expect(() => parseHtml(source)).toThrow(`Bad Request: can't parse entities: ${reason}`)
  })
})

describe('parseMarkdown', () => {
  it('reads MarkdownV2', () => {
    expect(parseMarkdown('*bold _both_* `c.d` [l](https://a.b) 1\\.5', 'v2')).toEqual({
      text: 'bold both c.d l 1.5',
      entities: [
        { type: 'bold', offset: 0, length: 9 },
        { type: 'italic', offset: 5, length: 4 },
        { type: 'code', offset: 10, length: 3 },
        { type: 'text_link', offset: 14, length: 1, url: 'https://a.b' },
      ],
    })
  })

  it.each([
    ['v2' as const, '*x', "Can't find end of Bold entity at byte offset 0"],
    ['v2' as const, 'a!', "Character '!' is reserved and must be escaped with the preceding '\\'"],
    ['legacy' as const, 'ab _x', "Can't find end of the entity starting at byte offset 3"],
  ])('refuses %s %s', (dialect, source, reason) => {
    expect(() => parseMarkdown(source, dialect)).toThrow(`can't parse entities: ${reason}`)
  })
})

describe('plainText', () => {
  it('marks commands, links and mentions, and trims', () => {
    expect(plainText('  /start@stage_bot see https://a.b/c. @ann_stage ')).toEqual({
      text: '/start@stage_bot see https://a.b/c. @ann_stage',
      entities: [
        { type: 'bot_command', offset: 0, length: 16 },
        { type: 'url', offset: 21, length: 13 },
        { type: 'mention', offset: 36, length: 10 },
      ],
    })
  })
})
