import type { BotCommand, MenuButton } from 'grammy/types'

/** What the bot has told Telegram about itself. */
export interface Profile {
  /** By scope and language, see `commandsKey`. */
  commands: Record<string, BotCommand[]>
  /** By language code, '' = for everybody else. */
  descriptions: Record<string, string>
  shortDescriptions: Record<string, string>
  /** By chat id, 'default' = every other chat. */
  menuButtons: Record<string, MenuButton>
}

export function emptyProfile(): Profile {
  return { commands: {}, descriptions: {}, shortDescriptions: {}, menuButtons: {} }
}

export interface CommandScope {
  type: string
  chat_id?: number | undefined
}

/** One key per (scope, language). */
export function commandsKey(scope: CommandScope, language: string): string {
  return `${scope.type}:${scope.chat_id ?? ''}:${language}`
}

/** The commands a person sees in the private chat: the narrowest scope wins, their language before none. */
export function commandsFor(profile: Profile, chatId: number, language: string): BotCommand[] {
  const scopes = [{ type: 'chat', chat_id: chatId }, { type: 'all_private_chats' }, { type: 'default' }]
  for (const scope of scopes) {
    for (const code of [language, '']) {
      const commands = profile.commands[commandsKey(scope, code)]
      if (commands) return commands
    }
  }
  return []
}

/** The menu button of a chat. */
export function menuButtonFor(profile: Profile, chatId: number): MenuButton {
  const own = profile.menuButtons[chatId]
  if (own && own.type !== 'default') return own
  return profile.menuButtons.default ?? { type: 'commands' }
}
