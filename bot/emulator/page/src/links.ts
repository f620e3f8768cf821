import { paymentSheet } from './dialogs/payment-sheet.ts'
import { popup } from './dialogs/popup.ts'
import { toast } from './dom.ts'
import { become, client, fullName, me } from './session.ts'

/** What a link leads to in Telegram; `web` for everything outside of it. */
type Target =
  | { kind: 'invoice'; slug: string }
  | { kind: 'start'; payload: string }
  | { kind: 'share'; text: string; payload: string | undefined }
  | { kind: 'elsewhere' }
  | { kind: 'web'; url: string }

const NAMES = ['Noah', 'Aiko', 'Lena', 'Omar', 'Sofia', 'Leo', 'Nina', 'Tomás', 'Вера', 'Олег']

/** Opens a link as Telegram does: an invoice as its sheet, the bot's own link as a start, the web in a new tab. */
export async function openLink(url: string, bot: { username: string; first_name: string }): Promise<void> {
  const target = targetOf(url, bot.username)
  if (target.kind === 'web') window.open(target.url, '_blank', 'noopener')
  else if (target.kind === 'invoice') await paymentSheet(target.slug, bot.first_name, '.chat')
  else if (target.kind === 'start') await followStart(target.payload)
  else if (target.kind === 'share') await share(target.text, target.payload)
  else toast('Only this bot lives in the stand-in')
}

function targetOf(url: string, username: string): Target {
  const link = URL.parse(url.includes('://') ? url : `https://${url}`)
  if (link?.hostname !== 't.me') return { kind: 'web', url: link?.href ?? url }
  const invoice = /^\/(?:\$|invoice\/)(.+)$/.exec(link.pathname)
  if (invoice?.[1]) return { kind: 'invoice', slug: invoice[1] }
  const { searchParams: query } = link
  if (link.pathname.toLowerCase() === `/${username.toLowerCase()}`) {
    return { kind: 'start', payload: query.get('start') ?? '' }
  }
  if (!link.pathname.startsWith('/share')) return { kind: 'elsewhere' }
  const shared = query.get('url') ?? ''
  const inner = shared === '' ? undefined : targetOf(shared, username)
  const text = [query.get('text'), shared].filter(Boolean).join('\n')
  return { kind: 'share', text, payload: inner?.kind === 'start' ? inner.payload : undefined }
}

/** There is nobody else to send it to here, so a new person opens what was shared. */
async function share(text: string, payload: string | undefined): Promise<void> {
  if (payload === undefined) {
    await navigator.clipboard.writeText(text)
    toast('Copied: there is no other chat to share to here')
    return
  }
  const buttons = [{ id: 'new', text: 'A new person opens it' }, { type: 'cancel' as const }]
  if ((await popup({ title: 'Share', message: text, buttons }, '.chat')) === 'new') await startAsNew(payload)
}

async function followStart(payload: string): Promise<void> {
  const message = `This link starts the bot${payload === '' ? '' : ` with “${payload}”`}.`
  const buttons = [
    { id: 'me', text: fullName(me()) },
    { id: 'new', text: 'A new person' },
    { type: 'cancel' as const },
  ]
  const who = await popup({ title: 'Who opens it?', message, buttons }, '.chat')
  if (who === 'me') await client.start(me().id, payload)
  if (who === 'new') await startAsNew(payload)
}

async function startAsNew(payload: string): Promise<void> {
  const first_name = NAMES[Math.floor(Math.random() * NAMES.length)] ?? 'Noah'
  const language_code = /\p{Script=Cyrillic}/u.test(first_name) ? 'ru' : 'en'
  const person = await client.createPerson({ first_name, language_code })
  become(person)
  await client.start(person.id, payload)
}
