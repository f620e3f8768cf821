import { listAdmins } from '@botdeck/shared/actions/admins'
import { findPerson } from '@botdeck/shared/actions/people'
import type { Db } from '@botdeck/shared/db/db'
import type { Api } from 'grammy'
import { isTemporary } from '../failures.ts'
import type { Logger } from '../logger.ts'
import { type Locale, localeOf, plain } from '../texts.ts'

/** Puts the panel into the menu button of one chat. */
export async function showPanelButton(
  api: Api,
  chat: { chatId: number; publicUrl: string; locale: Locale },
): Promise<void> {
  await api.setChatMenuButton({
    chat_id: chat.chatId,
    menu_button: {
      type: 'web_app',
      text: plain(chat.locale, 'button-panel'),
      web_app: { url: chat.publicUrl },
    },
  })
}

/**
 * Keeps the menu buttons of admins as the table says: the panel for those who are admins, the ordinary menu for those
 * who no longer are. Hiding the button is no access control, so what Telegram refuses is only logged.
 */
export function createAdminMenus(deps: { api: Api; db: Db; log: Logger; publicUrl: string }) {
  const { api, db, log, publicUrl } = deps
  const shown = new Set<number>()

  async function attempt(chatId: number, work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work()
      return true
    } catch (error) {
      log.debug({ err: error, chatId }, "an admin's menu button was not set")
      return !isTemporary(error)
    }
  }

  return {
    /** Asks the table and tells Telegram what has changed since the last time. */
    async sync(): Promise<void> {
      const admins = (await listAdmins(db)).map((admin) => admin.telegramId)
      for (const chatId of admins.filter((id) => !shown.has(id))) {
        const person = await findPerson(db, chatId)
        // Before they have written there is no chat: their first /admin sets the button.
        if (!person) continue
        const locale = localeOf(person)
        if (await attempt(chatId, () => showPanelButton(api, { chatId, publicUrl, locale })))
          shown.add(chatId)
      }
      for (const chatId of [...shown].filter((id) => !admins.includes(id)))
        if (
          await attempt(chatId, () =>
            api.setChatMenuButton({ chat_id: chatId, menu_button: { type: 'default' } }),
          )
        )
          shown.delete(chatId)
    },
  }
}
