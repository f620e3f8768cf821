import type { MessageEntity } from 'grammy/types'
import type { Params } from '../bot-api/params.ts'
import { badRequest } from '../bot-api/telegram-error.ts'
import { parseHtml } from './html.ts'
import { parseMarkdown } from './markdown.ts'

export interface FormattedText {
  text: string
  entities: MessageEntity[]
}

const FOUND =
  /(?<bot_command>(?<![\w/])\/[a-zA-Z0-9_]{1,64}(?:@\w{3,32})?)|(?<url>https?:\/\/[^\s<>"]+[^\s<>".,!?:;)\]])|(?<mention>(?<!\w)@[a-zA-Z]\w{3,31})/g

/** Commands, links and mentions that Telegram marks by itself in any text, outside of what is marked already. */
function withFoundEntities({ text, entities }: FormattedText): FormattedText {
  const found = [...text.matchAll(FOUND)].flatMap((match): MessageEntity[] => {
    const type = (['bot_command', 'url', 'mention'] as const).find((kind) => match.groups?.[kind])
    const entity = { offset: match.index, length: match[0].length }
    const taken = entities.some(
      (e) => e.offset < entity.offset + entity.length && entity.offset < e.offset + e.length,
    )
    return type && !taken ? [{ type, ...entity }] : []
  })
  return {
    text,
    entities: [...entities, ...found].sort((a, b) => a.offset - b.offset || b.length - a.length),
  }
}

/** The text of a parameter with its entities, by `parse_mode` or as listed by the caller, trimmed as Telegram trims. */
export function formattedText(params: Params, name: 'text' | 'caption'): FormattedText {
  const raw = params.text(name) ?? ''
  const listed = params.structure(name === 'text' ? 'entities' : 'caption_entities')
  return withFoundEntities(trimmed(parse(raw, params.text('parse_mode') ?? '', listed)))
}

function parse(raw: string, mode: string, listed: unknown): FormattedText {
  switch (mode.toLowerCase()) {
    case '':
      // The bot's own list is shown as it is; the page draws kinds it does not know as plain text.
      return { text: raw, entities: Array.isArray(listed) ? (listed as MessageEntity[]) : [] }
    case 'html':
      return parseHtml(raw)
    case 'markdownv2':
      return parseMarkdown(raw, 'v2')
    case 'markdown':
      return parseMarkdown(raw, 'legacy')
    default:
      throw badRequest('unsupported parse_mode')
  }
}

function trimmed({ text, entities }: FormattedText): FormattedText {
  const lead = text.length - text.trimStart().length
  const short = text.trim()
  const moved = entities.flatMap((entity) => {
    const start = Math.max(0, entity.offset - lead)
    const end = Math.min(short.length, entity.offset + entity.length - lead)
    return end > start ? [{ ...entity, offset: start, length: end - start }] : []
  })
  return { text: short, entities: moved }
}

/** Telegram counts characters, not UTF-16 units. */
export function lengthOf(text: string): number {
  return [...text].length
}

/** Text as a person types it: only what Telegram marks by itself is marked. */
export function plainText(raw: string): { text: string; entities?: MessageEntity[] } {
  const { text, entities } = withFoundEntities(trimmed({ text: raw, entities: [] }))
  return { text, ...(entities.length > 0 && { entities }) }
}
