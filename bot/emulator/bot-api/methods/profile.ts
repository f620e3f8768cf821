import type { BotCommand, MenuButton } from 'grammy/types'
import { z } from 'zod'
import { personOf } from '../../world/posting.ts'
import { type CommandScope, commandsKey } from '../../world/profile.ts'
import type { Call, Method } from '../call.ts'
import { insecure } from '../keyboards.ts'
import type { Params } from '../params.ts'
import { badRequest } from '../telegram-error.ts'
import { isAppUrl } from '../web-url.ts'

const Commands = z.array(z.looseObject({ command: z.string(), description: z.string() })).max(100)
const Scope = z.looseObject({ type: z.string(), chat_id: z.coerce.number<number | string>().optional() })

function keyOf(params: Params): string {
  const given = params.structure('scope')
  const scope =
    given === undefined ? { success: true as const, data: { type: 'default' } } : Scope.safeParse(given)
  if (!scope.success) throw badRequest("can't parse BotCommandScope")
  const { type, chat_id }: CommandScope = scope.data
  return commandsKey({ type, chat_id }, params.text('language_code') ?? '')
}

function changed({ world }: Call): true {
  world.feed.emit({ type: 'profile', chat_id: 0 })
  return true
}

export const setMyCommands: Method = (call) => {
  const parsed = Commands.safeParse(call.params.structure('commands'))
  if (!parsed.success) throw badRequest("can't parse commands JSON object")
  const commands: BotCommand[] = parsed.data.map(({ command, description }) => ({
    command: command.replace(/^\//, ''),
    description: description.trim(),
  }))
  for (const { command, description } of commands) {
    if (!/^[a-z0-9_]{1,32}$/.test(command)) throw badRequest('BOT_COMMAND_INVALID')
    if (description.length < 1 || description.length > 256)
      throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID')
  }
  call.world.profile.commands[keyOf(call.params)] = commands
  return changed(call)
}

export const getMyCommands: Method = ({ world, params }) => world.profile.commands[keyOf(params)] ?? []

export const deleteMyCommands: Method = (call) => {
  delete call.world.profile.commands[keyOf(call.params)]
  return changed(call)
}

export const setMyDescription: Method = (call) => {
  const text = call.params.text('description') ?? ''
  if ([...text].length > 512) throw badRequest('description is too long')
  call.world.profile.descriptions[call.params.text('language_code') ?? ''] = text
  return changed(call)
}

export const getMyDescription: Method = ({ world, params }) => ({
  description: byLanguage(world.profile.descriptions, params),
})

export const setMyShortDescription: Method = (call) => {
  const text = call.params.text('short_description') ?? ''
  if ([...text].length > 120) throw badRequest('short description is too long')
  call.world.profile.shortDescriptions[call.params.text('language_code') ?? ''] = text
  return changed(call)
}

export const getMyShortDescription: Method = ({ world, params }) => ({
  short_description: byLanguage(world.profile.shortDescriptions, params),
})

function byLanguage(texts: Record<string, string>, params: Params): string {
  return texts[params.text('language_code') ?? ''] || (texts[''] ?? '')
}

const Menu = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('default') }),
  z.looseObject({ type: z.literal('commands') }),
  z.looseObject({
    type: z.literal('web_app'),
    text: z.string().min(1),
    web_app: z.looseObject({ url: z.string() }),
  }),
])

export const setChatMenuButton: Method = (call) => {
  const { world, params } = call
  const given = params.structure('menu_button') ?? { type: 'default' }
  const button = Menu.safeParse(given)
  if (!button.success) throw badRequest("can't parse menu button")
  if (button.data.type === 'web_app' && !isAppUrl(button.data.web_app.url)) {
    throw insecure('menu button', button.data.web_app.url)
  }
  const chatId = params.integer('chat_id')
  const key = chatId === undefined ? 'default' : String(personOf(world, chatId).id)
  world.profile.menuButtons[key] = button.data satisfies MenuButton
  return changed(call)
}

export const getChatMenuButton: Method = ({ world, params }) => {
  const chatId = params.integer('chat_id')
  const button = world.profile.menuButtons[chatId === undefined ? 'default' : String(chatId)]
  return button ?? { type: chatId === undefined ? 'commands' : 'default' }
}
