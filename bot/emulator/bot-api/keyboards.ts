import type { InlineKeyboardMarkup, ReplyKeyboardMarkup } from 'grammy/types'
import { z } from 'zod'
import type { Params } from './params.ts'
import { badRequest } from './telegram-error.ts'
import { isAppUrl, isLink } from './web-url.ts'

const WebApp = z.looseObject({ url: z.string() })
const InlineButton = z.looseObject({
  text: z.string().min(1),
  callback_data: z.string().optional(),
  url: z.string().optional(),
  web_app: WebApp.optional(),
  pay: z.boolean().optional(),
})
type InlineButton = z.infer<typeof InlineButton>
const Inline = z.looseObject({ inline_keyboard: z.array(z.array(InlineButton)) })
const KeyboardButton = z.union([
  z.string().transform((text) => ({ text })),
  z.looseObject({ text: z.string().min(1), web_app: WebApp.optional() }),
])
const Reply = z.looseObject({ keyboard: z.array(z.array(KeyboardButton)) })

export type Markup =
  | { kind: 'none' }
  | { kind: 'inline'; markup: InlineKeyboardMarkup }
  | { kind: 'reply'; markup: ReplyKeyboardMarkup }
  | { kind: 'remove' }

/** What makes a button do something; exactly one of them must be there. */
const ACTIONS = [
  'callback_data',
  'url',
  'web_app',
  'pay',
  'login_url',
  'switch_inline_query',
  'switch_inline_query_current_chat',
  'switch_inline_query_chosen_chat',
  'copy_text',
  'callback_game',
]
const MAX_BUTTONS = 100

/** The call's `reply_markup`, refused as Telegram refuses it. `invoice` allows a `pay` button, as the first. */
export function readMarkup(params: Params, use: 'message' | 'invoice' = 'message'): Markup {
  const given = params.structure('reply_markup')
  if (given === undefined) return { kind: 'none' }
  if (typeof given !== 'object' || given === null) throw badRequest('object expected as reply markup')
  if ('inline_keyboard' in given) return { kind: 'inline', markup: readInline(given, use) }
  if ('keyboard' in given) return { kind: 'reply', markup: readReply(given) }
  return 'remove_keyboard' in given ? { kind: 'remove' } : { kind: 'none' }
}

/** The inline keyboard of an edit: other kinds cannot be edited in. */
export function readInlineMarkup(params: Params): InlineKeyboardMarkup | undefined {
  const markup = readMarkup(params)
  if (markup.kind === 'none') return undefined
  if (markup.kind !== 'inline') throw badRequest('inline keyboard expected')
  return markup.markup.inline_keyboard.flat().length === 0 ? undefined : markup.markup
}

function readInline(given: object, use: 'message' | 'invoice'): InlineKeyboardMarkup {
  const parsed = Inline.safeParse(given)
  if (!parsed.success) throw unreadable('inline keyboard button', parsed.error)
  const buttons = parsed.data.inline_keyboard.flat()
  if (buttons.length > MAX_BUTTONS) throw badRequest('REPLY_MARKUP_TOO_LONG')
  for (const button of buttons) checkInline(button, use)
  if (use === 'invoice' && !buttons[0]?.pay) throw badRequest('REPLY_MARKUP_BUY_EMPTY')
  // Checked above as far as Telegram checks it; further fields of a button are kept as they came.
  return {
    inline_keyboard: parsed.data.inline_keyboard.filter((row) => row.length > 0),
  } as InlineKeyboardMarkup
}

function checkInline(button: InlineButton, use: 'message' | 'invoice'): void {
  const actions = ACTIONS.filter((name) => button[name] !== undefined && button[name] !== false)
  if (actions.length !== 1) {
    throw badRequest("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
  }
  const { callback_data, url, web_app, pay } = button
  if (callback_data !== undefined && !fitsCallback(callback_data)) throw badRequest('BUTTON_DATA_INVALID')
  if (url !== undefined && !isLink(url)) {
    throw badRequest(`inline keyboard button URL '${url}' is invalid: Wrong HTTP URL`)
  }
  if (web_app && !isAppUrl(web_app.url)) throw insecure('inline keyboard button', web_app.url)
  if (pay && use !== 'invoice') throw badRequest('BUTTON_TYPE_INVALID')
}

function fitsCallback(data: string): boolean {
  const bytes = Buffer.byteLength(data)
  return bytes >= 1 && bytes <= 64
}

function readReply(given: object): ReplyKeyboardMarkup {
  const parsed = Reply.safeParse(given)
  if (!parsed.success) throw unreadable('keyboard button', parsed.error)
  for (const button of parsed.data.keyboard.flat()) {
    const url = 'web_app' in button ? button.web_app?.url : undefined
    if (url !== undefined && !isAppUrl(url)) throw insecure('keyboard button', url)
  }
  // Checked above as far as Telegram checks it.
  return parsed.data as unknown as ReplyKeyboardMarkup
}

/** The refusal of a Web App address that is not https. */
export function insecure(where: string, url: string) {
  return badRequest(`${where} Web App URL '${url}' is invalid: Only HTTPS links are allowed`)
}

function unreadable(what: string, error: z.ZodError) {
  const field = error.issues[0]?.path.at(-1) ?? 'text'
  return badRequest(`can't parse ${what}: Field "${String(field)}" is missing or of a wrong type`)
}
