import type { FileToSend } from '../client.ts'
import { EmulatorError } from '../client.ts'
import type { Phone, Seen } from './phone.ts'
import type { Random } from './random.ts'

/** One visit of a live person: whose phone, with what chance, and how they wait between two acts. */
export interface LiveVisit {
  phone: Phone
  random: Random
  photos: readonly FileToSend[]
  /** What follows `/start`. */
  payload: string
  /** Whether this is their first visit. */
  fresh: boolean
  /** Lets some seconds pass; rejects when the demo ends. */
  pause(low: number, high: number): Promise<void>
  /** The person passed on their link. */
  onShare(personId: number): void
}

/**
 * How much people like a button, by what its payload begins with. A button that is not named here is pressed too: what
 * the bot offers is read from its messages.
 */
const liking: Readonly<Record<string, number>> = {
  categories: 3,
  category: 5,
  effect: 8,
  again: 3,
  store: 1.2,
  buy: 1.5,
  cancel: 0.4,
  balance: 0.7,
  invite: 0.6,
  share: 3,
}

function likingOf({ button }: Seen): number {
  if (!('callback_data' in button)) return 0
  return liking[button.callback_data.split(':')[0] ?? ''] ?? 1
}

/** An invoice on the screen: some pay, some press what is beside the pay button, some look away. */
async function settle(visit: LiveVisit, seen: Seen[]): Promise<boolean> {
  const { phone, random } = visit
  const choice = random.next()
  const message = seen.find(({ button }) => 'pay' in button)?.message
  if (message && choice < 0.4) {
    const { error } = await phone.client.pay(phone.personId, { message_id: message.message_id })
    return error !== 'BOT_PRECHECKOUT_TIMEOUT'
  }
  return choice < 0.8 ? press(visit, seen) : sendPhoto(visit)
}

async function press(visit: LiveVisit, seen: Seen[]): Promise<boolean> {
  const { phone, random } = visit
  const { message, button } = random.weighted(seen, likingOf)
  if (!('callback_data' in button)) return sendPhoto(visit)
  const data = button.callback_data
  if (data.startsWith('share')) visit.onShare(phone.personId)
  return phone.press(message.message_id, data)
}

function sendPhoto({ phone, random, photos }: LiveVisit): Promise<boolean> {
  return phone.untilAnswered((client) => client.sendPhoto(phone.personId, random.pick(photos)))
}

const sayings = ['/balance', '/invite', '/store', '/help', '/effects', 'hi', '😍😍', 'спасибо', 'how much?']

/** The next thing that the person does with what is on the screen. */
async function actOnce(visit: LiveVisit): Promise<boolean> {
  const { phone, random } = visit
  const seen = await phone.buttons()
  const choice = random.next()
  if (seen.some(({ button }) => 'pay' in button)) return settle(visit, seen)
  if (choice < 0.05)
    return phone.untilAnswered((client) => client.sendText(phone.personId, random.pick(sayings)))
  if (choice < 0.3 || seen.length === 0) return sendPhoto(visit)
  return press(visit, seen)
}

/** Does one thing; what the stand-in refuses is skipped. */
async function attempt(act: () => Promise<boolean>): Promise<boolean> {
  try {
    return await act()
  } catch (error) {
    if (error instanceof EmulatorError) return true
    throw error
  }
}

/** How a visit ended: `left` when the person stopped the bot, `unanswered` when the bot was silent. */
export type VisitEnd = 'done' | 'left' | 'unanswered'

/** A visit, with `/start` or without, until the person has had enough; a few then stop the bot. */
export async function makeVisit(visit: LiveVisit): Promise<VisitEnd> {
  const { phone, random, payload, fresh } = visit
  if (fresh || random.chance(0.3)) {
    const start = () => phone.untilAnswered((client) => client.start(phone.personId, payload))
    if (!(await attempt(start))) return 'unanswered'
  }
  const acts = random.whole(2, 11)
  for (let done = 0; done < acts; done++) {
    await visit.pause(2, 10)
    if (!(await attempt(() => actOnce(visit)))) return 'unanswered'
  }
  if (!random.chance(0.03)) return 'done'
  await attempt(() => phone.client.block(phone.personId).then(() => true))
  return 'left'
}
