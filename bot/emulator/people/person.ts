import { recordReceived, recordSent } from '@botdeck/shared/actions/messages'
import { track } from '@botdeck/shared/actions/track'
import type { Tx } from '@botdeck/shared/db/db'
import type { EventProps, EventType } from '@botdeck/shared/domain/tracking-plan'
import { drawHabits, type Habits } from './habits.ts'
import { historyIdentity, type Identity } from './identity.ts'
import { Random } from './random.ts'
import { drawSource, type Source } from './sources.ts'
import { type Acts, act, type World } from './world.ts'

/** Somebody in the middle of their life with the bot. */
export interface Person extends Identity, Habits {
  index: number
  world: World
  random: Random
  source: Source
  /** Their number; 0 until the bot knows them. */
  uid: number
  /** The language in which the bot speaks to them. */
  locale: 'en' | 'ru'
  /** Their own clock, ms. */
  now: number
  credits: number
  purchases: number
  /** How often the bot has let them down lately. */
  annoyance: number
  /** An invoice still in their chat, unpaid. */
  leftInvoice?: { invoiceId: string; packageId: string; amount: number; currency: string } | undefined
}

/** The index-th person of the history made from `seed`, who comes at an instant (ms). */
export function createPerson(
  world: World,
  { seed, index, at }: { seed: string; index: number; at: number },
): Person {
  const random = new Random(`${seed}/person/${index}`)
  const identity = historyIdentity(seed, index)
  const source = drawSource(random, identity.language.code, { at, year: world.year })
  const habits = drawHabits(random, { language: identity.language, source })
  const locale: Person['locale'] = ['ru', 'uk'].includes(identity.language.code) ? 'ru' : 'en'
  const fresh = { uid: 0, locale, now: at, credits: 0, purchases: 0, annoyance: 0 }
  return { ...identity, ...habits, index, world, random, source, ...fresh }
}

/** Lets seconds pass on the person's clock. */
export function pause(person: Person, low: number, high: number): void {
  person.now += Math.floor(1000 * person.random.between(low, high))
}

/** Records an event of the person. */
export function* note(person: Person, type: EventType, props?: EventProps): Acts {
  const { uid, now: at } = person
  yield* act(at, (tx) => track(tx, [{ uid, type, at, id: person.world.freshId(), props }]))
}

/** A message of the person, in an act of its own. */
export function* say(person: Person, text: string): Acts {
  yield* act(person.now, (tx) => said(tx, person, text))
}

/** A message of the person to the bot. */
export async function said(tx: Tx, person: Person, text: string): Promise<void> {
  const { uid, now: at } = person
  await recordReceived(tx, { uid, at, text, id: person.world.freshId() })
}

/** A command of the person: a message, and the fact that it is one. */
export async function commanded(
  tx: Tx,
  person: Person,
  command: { name: string; rest?: string | undefined },
): Promise<void> {
  const { uid, now: at, world } = person
  await said(tx, person, [`/${command.name}`, command.rest ?? ''].join(' ').trim())
  await track(tx, [{ uid, type: 'command_used', at, id: world.freshId(), props: { command: command.name } }])
}

/** A command of the person, in an act of its own. */
export function* use(person: Person, name: string): Acts {
  yield* act(person.now, (tx) => commanded(tx, person, { name }))
}

/** A message of the bot to the person. */
export async function answered(tx: Tx, person: Person, text: string): Promise<void> {
  const { uid, now: at } = person
  await recordSent(tx, { uid, at, text, id: person.world.freshId() })
}
