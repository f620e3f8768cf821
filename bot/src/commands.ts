import type { Api } from 'grammy'
import { locales, plain, type TextKey } from './texts.ts'

/** What the bot's menu offers; `/admin` is known to those who need it. */
const commands = [
  'start',
  'effects',
  'balance',
  'store',
  'invite',
  'language',
  'help',
  'terms',
  'paysupport',
] as const

/** Puts the commands into Telegram's menu, in every language; English for everybody else. */
export async function publishCommands(api: Api): Promise<void> {
  for (const locale of locales) {
    const list = commands.map((command) => {
      const key: TextKey = `command-${command}`
      return { command, description: plain(locale, key) }
    })
    await api.setMyCommands(list, locale === 'en' ? {} : { language_code: locale })
  }
}
