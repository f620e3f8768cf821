import type { MessageEntity } from 'grammy/types'
import { badRequest, type TelegramError } from '../bot-api/telegram-error.ts'
import type { FormattedText } from './entities.ts'

type Dialect = 'v2' | 'legacy'

interface Mark {
  type: MessageEntity['type']
  name: string
}

const V2: Record<string, Mark> = {
  '```': { type: 'pre', name: 'Pre' },
  __: { type: 'underline', name: 'Underline' },
  '||': { type: 'spoiler', name: 'Spoiler' },
  '*': { type: 'bold', name: 'Bold' },
  _: { type: 'italic', name: 'Italic' },
  '~': { type: 'strikethrough', name: 'Strikethrough' },
  '`': { type: 'code', name: 'Code' },
  '[': { type: 'text_link', name: 'TextUrl' },
}
const LEGACY: Record<string, Mark> = {
  '```': { type: 'pre', name: '' },
  '*': { type: 'bold', name: '' },
  _: { type: 'italic', name: '' },
  '`': { type: 'code', name: '' },
  '[': { type: 'text_link', name: '' },
}
const RESERVED = '_*[]()~`>#+-=|{}.!'

interface OpenMark extends Mark {
  sign: string
  at: number
  offset: number
}

/** Telegram's MarkdownV2 and legacy Markdown (Bot API, "Formatting options"): what does not balance is refused. */
export function parseMarkdown(source: string, dialect: Dialect): FormattedText {
  const marks = dialect === 'v2' ? V2 : LEGACY
  const open: OpenMark[] = []
  const entities: MessageEntity[] = []
  let text = ''
  let i = 0
  while (i < source.length) i += step()
  const left = open.at(-1)
  if (left) throw endless(left, dialect)
  return { text, entities: entities.sort((a, b) => a.offset - b.offset || b.length - a.length) }

  function step(): number {
    const char = source[i] ?? ''
    if (char === '\\' && isEscape(source[i + 1] ?? '', dialect)) return keep(source[i + 1] ?? '', 2)
    const current = open.at(-1)
    const verbatim = current?.type === 'code' || current?.type === 'pre'
    if (current && source.startsWith(closing(current), i)) return close(current)
    const sign = verbatim ? undefined : Object.keys(marks).find((known) => source.startsWith(known, i))
    if (sign) return start(sign)
    if (dialect === 'v2' && !verbatim && RESERVED.includes(char)) {
      if (char === '>' && (i === 0 || source[i - 1] === '\n')) return 1
      throw failed(`Character '${char}' is reserved and must be escaped with the preceding '\\'`)
    }
    return keep(char, 1)
  }

  function keep(char: string, width: number): number {
    text += char
    return width
  }

  function start(sign: string): number {
    const mark = marks[sign]
    if (!mark) return keep(sign, sign.length)
    open.push({ ...mark, sign, at: Buffer.byteLength(source.slice(0, i)), offset: text.length })
    return sign.length
  }

  function close(mark: OpenMark): number {
    open.pop()
    const entity = { type: mark.type, offset: mark.offset, length: text.length - mark.offset }
    const link = mark.type === 'text_link' ? /^\]\(((?:\\.|[^\\)])*)\)/s.exec(source.slice(i)) : null
    if (mark.type === 'text_link' && !link) throw endless(mark, dialect)
    const extra = link ? { url: (link[1] ?? '').replace(/\\(.)/g, '$1') } : {}
    // The union of entity kinds cannot follow a computed type.
    if (entity.length > 0) entities.push({ ...entity, ...extra } as MessageEntity)
    return link ? link[0].length : mark.sign.length
  }
}

function closing(mark: OpenMark): string {
  return mark.sign === '[' ? ']' : mark.sign
}

function isEscape(char: string, dialect: Dialect): boolean {
  if (char === '') return false
  return dialect === 'v2' ? char.charCodeAt(0) < 127 : '_*`['.includes(char)
}

function endless(mark: OpenMark, dialect: Dialect): TelegramError {
  const what = dialect === 'v2' ? `${mark.name} entity` : 'the entity starting'
  return failed(`Can't find end of ${what} at byte offset ${mark.at}`)
}

function failed(reason: string): TelegramError {
  return badRequest(`can't parse entities: ${reason}`)
}
