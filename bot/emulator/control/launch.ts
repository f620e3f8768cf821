import { z } from 'zod'
import { badRequest } from '../bot-api/telegram-error.ts'
import type { Person } from '../world/people.ts'
import { menuButtonFor } from '../world/profile.ts'
import type { World } from '../world/world.ts'
import { signInitData } from './init-data.ts'
import { themes } from './themes.ts'

const LaunchFrom = z.union([
  z.object({ menu: z.literal(true) }),
  z.object({ message_id: z.int(), row: z.int().min(0), column: z.int().min(0) }),
  z.object({ keyboard: z.object({ row: z.int().min(0), column: z.int().min(0) }) }),
])
/** Which button opens the Mini App, and how the client looks and calls itself. */
export const LaunchRequest = z.intersection(
  LaunchFrom,
  z.object({ theme: z.enum(['light', 'dark']).default('light'), platform: z.string().default('web') }),
)
export type LaunchRequest = z.input<typeof LaunchRequest>

export interface Launch {
  /** What the frame loads: the button's address with the launch parameters in its fragment. */
  url: string
  /** Signed; empty for a button of the reply keyboard, as on Telegram. */
  init_data: string
  query_id: string | null
}

const VERSION = '9.1'

/** Opens the Mini App for the person as Telegram's client does. */
export function launch(world: World, person: Person, request: z.output<typeof LaunchRequest>): Launch {
  const address = addressOf(world, person, request)
  const signed = 'keyboard' in request ? undefined : signInitData(world, person)
  const initData = signed?.initData ?? ''
  const fragment = new URLSearchParams({
    tgWebAppData: initData,
    tgWebAppVersion: VERSION,
    tgWebAppPlatform: request.platform,
    tgWebAppThemeParams: JSON.stringify(themes[request.theme]),
  })
  // A space as %20, not +: clients read the fragment with decodeURIComponent.
  const text = fragment.toString().replaceAll('+', '%20')
  const url = `${address}${address.includes('#') ? '&' : '#'}${text}`
  return { url, init_data: initData, query_id: signed?.queryId ?? null }
}

function addressOf(world: World, person: Person, from: z.output<typeof LaunchFrom>): string {
  const url = 'menu' in from ? fromMenu(world, person) : fromButton(world, person, from)
  if (url === undefined) throw badRequest('there is no web_app button at this place')
  return url
}

function fromMenu(world: World, person: Person): string | undefined {
  const button = menuButtonFor(world.profile, person.id)
  return button.type === 'web_app' ? button.web_app.url : undefined
}

function fromButton(
  world: World,
  person: Person,
  from: Exclude<z.output<typeof LaunchFrom>, { menu: true }>,
): string | undefined {
  if ('keyboard' in from) {
    const keyboard = world.chats.open(person.id).replyKeyboard?.keyboard
    const button = keyboard?.[from.keyboard.row]?.[from.keyboard.column]
    return typeof button === 'object' && 'web_app' in button ? button.web_app.url : undefined
  }
  const message = world.chats.find(person.id, from.message_id)
  const button = message?.reply_markup?.inline_keyboard[from.row]?.[from.column]
  return button && 'web_app' in button ? button.web_app.url : undefined
}
