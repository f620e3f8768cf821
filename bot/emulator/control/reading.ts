import type { BotCommand, MenuButton, ReplyKeyboardMarkup } from 'grammy/types'
import { z } from 'zod'
import { badRequest } from '../bot-api/telegram-error.ts'
import type { ChatMessage } from '../world/chats.ts'
import type { Invoice } from '../world/payments.ts'
import type { Person } from '../world/people.ts'
import { commandsFor, menuButtonFor } from '../world/profile.ts'
import type { World } from '../world/world.ts'

/** A private chat as its person sees it. */
export interface ChatView {
  person: Person
  messages: ChatMessage[]
  revision: number
  reply_keyboard: ReplyKeyboardMarkup | null
  commands: BotCommand[]
  menu_button: MenuButton
  /** What stands in an empty chat above the Start button. */
  description: string
}

export function readChat(world: World, person: Person): ChatView {
  const { messages, revision, replyKeyboard } = world.chats.open(person.id)
  const { descriptions } = world.profile
  return {
    person,
    messages,
    revision,
    reply_keyboard: replyKeyboard,
    commands: commandsFor(world.profile, person.id, person.language_code),
    menu_button: menuButtonFor(world.profile, person.id),
    description: descriptions[person.language_code] || (descriptions[''] ?? ''),
  }
}

const PeopleQuery = z.object({
  search: z.string().default(''),
  kind: z.enum(['admin', 'person', 'simulated']).optional(),
  limit: z.coerce.number().int().min(1).max(10_000).default(100),
})

/** People whose name, username or id contains `search`, those whose chat moved last first. */
export function listPeople(world: World, query: Record<string, string>): Person[] {
  const { search, kind, limit } = PeopleQuery.parse(query)
  const recent = world.chats.recent().flatMap((id) => world.people.get(id) ?? [])
  const all = [...new Set([...recent, ...world.people.values()])]
  const wanted = search.toLowerCase()
  const fits = (person: Person) =>
    (!kind || person.kind === kind) &&
    `${person.first_name} ${person.last_name ?? ''} ${person.username ?? ''} ${person.id}`
      .toLowerCase()
      .includes(wanted)
  return all.filter(fits).slice(0, limit)
}

const MessagesQuery = z.object({
  after: z.coerce.number().int().min(0).default(0),
  wait_ms: z.coerce.number().int().min(0).max(60_000).default(0),
})

/** Messages new or changed after revision `after`; waits for the first such change when there is none yet. */
export async function readMessages(
  world: World,
  person: Person,
  { query, signal }: { query: Record<string, string>; signal: AbortSignal },
): Promise<{ messages: ChatMessage[]; revision: number }> {
  const { after, wait_ms } = MessagesQuery.parse(query)
  const chat = world.chats.open(person.id)
  if (chat.revision <= after && wait_ms > 0) await changeOf(world, person.id, { waitMs: wait_ms, signal })
  return { messages: chat.messages.filter((m) => m.revision > after), revision: chat.revision }
}

function changeOf(world: World, chatId: number, { waitMs, signal }: { waitMs: number; signal: AbortSignal }) {
  return new Promise<void>((resolve) => {
    const end = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      deafen()
      resolve()
    }
    const timer = setTimeout(end, waitMs)
    timer.unref()
    signal.addEventListener('abort', end)
    const deafen = world.feed.listen((event) => {
      if (event.chat_id === chatId && 'message' in event) end()
    })
  })
}

/** The invoice behind a slug, as the payment sheet shows it. */
export function readInvoice(world: World, slug: string): Omit<Invoice, 'payload'> {
  const invoice = world.invoices.get(slug)
  if (!invoice) throw badRequest('SLUG_INVALID')
  const { payload: _payload, ...shown } = invoice
  return shown
}

/** The slug of an invoice message. */
export function slugOf(world: World, person: Person, messageId: number): string {
  const slug = world.chats.find(person.id, messageId)?.invoice_slug
  if (slug === undefined) throw badRequest('there is no invoice in this message')
  return slug
}
