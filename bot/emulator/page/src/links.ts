import { paymentSheet } from './dialogs/payment-sheet.ts'
import { toast } from './dom.ts'
import { client, me } from './session.ts'

/**
 * Opens a link as Telegram does: an invoice as its sheet, the bot's own link as a start, anything else in a
 * new tab.
 */
export function openLink(url: string, bot: { username: string; first_name: string }): void {
  const link = URL.parse(url.includes('://') ? url : `https://${url}`)
  if (link?.hostname !== 't.me') {
    window.open(link?.href ?? url, '_blank', 'noopener')
    return
  }
  const invoice = /^\/(?:\$|invoice\/)(.+)$/.exec(link.pathname)
  if (invoice?.[1]) return void paymentSheet(invoice[1], bot.first_name, '.chat')
  if (link.pathname.toLowerCase() === `/${bot.username.toLowerCase()}`) {
    void client.start(me().id, link.searchParams.get('start') ?? '').catch((error) => toast(error.message))
    return
  }
  if (link.pathname.startsWith('/share/url')) {
    const shared = [link.searchParams.get('text'), link.searchParams.get('url')].filter(Boolean).join(' ')
    void navigator.clipboard
      .writeText(shared)
      .then(() => toast('Copied: there is no other chat to share to here'))
    return
  }
  toast('Only this bot lives in the stand-in')
}
