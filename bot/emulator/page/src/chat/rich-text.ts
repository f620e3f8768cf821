import type { MessageEntity } from 'grammy/types'
import { h } from '../dom.ts'

/** What a click on a command or a link of the text does. */
export interface TextActions {
  command: (text: string) => void
  link: (url: string) => void
}

interface Span {
  entity: MessageEntity
  end: number
}

/** A text with its entities as nodes; entities nest, as Telegram's do. */
export function richText(
  text: string,
  entities: MessageEntity[] = [],
  actions: TextActions,
): DocumentFragment {
  const root = document.createDocumentFragment()
  const spans = entities.map((entity) => ({ entity, end: entity.offset + entity.length }))
  root.append(...between(text, { start: 0, end: text.length, spans }, actions))
  return root
}

function between(
  text: string,
  { start, end, spans }: { start: number; end: number; spans: Span[] },
  actions: TextActions,
): Node[] {
  const nodes: Node[] = []
  let at = start
  for (const [index, span] of spans.entries()) {
    if (span.entity.offset < at || span.end > end) continue
    if (span.entity.offset > at) nodes.push(new Text(text.slice(at, span.entity.offset)))
    const inner = { start: span.entity.offset, end: span.end, spans: spans.slice(index + 1) }
    nodes.push(wrap(span.entity, text.slice(inner.start, inner.end), between(text, inner, actions), actions))
    at = span.end
  }
  if (at < end) nodes.push(new Text(text.slice(at, end)))
  return nodes
}

const TAGS: Partial<Record<MessageEntity['type'], keyof HTMLElementTagNameMap>> = {
  bold: 'strong',
  italic: 'em',
  underline: 'u',
  strikethrough: 's',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
  expandable_blockquote: 'blockquote',
}

function wrap(entity: MessageEntity, text: string, children: Node[], actions: TextActions): Node {
  const button = (label: string, onclick: () => void) => {
    const element = h('button', { type: 'button', class: label, onclick })
    element.append(...children)
    return element
  }
  if (entity.type === 'bot_command') return button('text-link', () => actions.command(text))
  if (entity.type === 'text_link') return button('text-link', () => actions.link(entity.url))
  if (entity.type === 'url') return button('text-link', () => actions.link(text))
  if (entity.type === 'spoiler') {
    const spoiler = button('spoiler', () => spoiler.classList.add('shown'))
    return spoiler
  }
  const element = h(TAGS[entity.type] ?? 'span')
  element.append(...children)
  return element
}
