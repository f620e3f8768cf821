import type { MessageEntity } from 'grammy/types'
import { badRequest, type TelegramError } from '../bot-api/telegram-error.ts'
import type { FormattedText } from './entities.ts'

const TAGS: Record<string, MessageEntity['type']> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  'tg-spoiler': 'spoiler',
  span: 'spoiler',
  a: 'text_link',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
  'tg-emoji': 'custom_emoji',
}
const NAMED: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' }
const TOKEN = /<(\/?)([a-zA-Z][a-zA-Z0-9-]*)([^<>]*)>|<|&(?:#(\d+)|#[xX]([0-9a-fA-F]+)|(lt|gt|amp|quot));/g

interface OpenTag {
  name: string
  attributes: string
  offset: number
}

/** Telegram's HTML style (Bot API, "HTML style"): its tags and four named entities, everything else refused. */
export function parseHtml(source: string): FormattedText {
  const open: OpenTag[] = []
  const entities: MessageEntity[] = []
  let text = ''
  let last = 0
  for (const match of source.matchAll(TOKEN)) {
    text += source.slice(last, match.index)
    last = match.index + match[0].length
    const [, slash, name, attributes, decimal, hex, named] = match
    const at = Buffer.byteLength(source.slice(0, match.index))
    if (named) text += NAMED[named]
    else if (decimal || hex)
      text += String.fromCodePoint(Number.parseInt(decimal ?? hex ?? '', decimal ? 10 : 16))
    else if (!name) throw failed(`Unsupported start tag "" at byte offset ${at}`)
    else if (slash) close(name.toLowerCase(), at)
    else start(name.toLowerCase(), attributes ?? '', at)
  }
  const left = open.at(-1)
  if (left) throw failed(`Can't find end tag corresponding to start tag "${left.name}"`)
  return { text: text + source.slice(last), entities: entities.sort(byPlace) }

  function start(name: string, attributes: string, at: number): void {
    if (!(name in TAGS)) throw failed(`Unsupported start tag "${name}" at byte offset ${at}`)
    if (name === 'span' && !attributes.includes('tg-spoiler'))
      throw failed(`Tag "span" must have class "tg-spoiler" at byte offset ${at}`)
    open.push({ name, attributes, offset: text.length })
  }

  function close(name: string, at: number): void {
    const tag = open.pop()
    if (!tag) throw failed(`Unexpected end tag at byte offset ${at}`)
    if (tag.name !== name)
      throw failed(`Unmatched end tag at byte offset ${at}, expected "</${tag.name}>", found "</${name}>"`)
    if (text.length > tag.offset) entities.push(entityOf(tag, text.length - tag.offset))
  }
}

function entityOf({ name, attributes, offset }: OpenTag, length: number): MessageEntity {
  const type = TAGS[name]
  const href = /href\s*=\s*"([^"]*)"|href\s*=\s*'([^']*)'/.exec(attributes)
  const extra = name === 'a' ? { url: (href?.[1] ?? href?.[2] ?? '').replaceAll('&amp;', '&') } : {}
  // The union of entity kinds cannot follow a computed type.
  return { type, offset, length, ...extra } as MessageEntity
}

function byPlace(a: MessageEntity, b: MessageEntity): number {
  return a.offset - b.offset || b.length - a.length
}

function failed(reason: string): TelegramError {
  return badRequest(`can't parse entities: ${reason}`)
}
