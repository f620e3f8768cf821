import type { Chat, User } from 'grammy/types'

/** `admin` and `person` are played by hand on the page; `simulated` ones are hidden from its picker. */
export type PersonKind = 'admin' | 'person' | 'simulated'

export interface Person {
  id: number
  first_name: string
  last_name?: string
  username?: string
  language_code: string
  is_premium?: true
  kind: PersonKind
  /** The person has written to the bot at least once: before that the bot may not write to them. */
  started: boolean
  /** The person has blocked the bot. */
  blocked: boolean
}

export interface NewPerson {
  id?: number | undefined
  first_name: string
  last_name?: string | undefined
  username?: string | undefined
  language_code?: string | undefined
  is_premium?: boolean | undefined
  kind?: PersonKind | undefined
}

/** The person as the `from` of an update. */
export function userOf(person: Person): User {
  const { id, first_name, last_name, username, language_code, is_premium } = person
  return {
    id,
    is_bot: false,
    first_name,
    ...(last_name && { last_name }),
    ...(username && { username }),
    language_code,
    ...(is_premium && { is_premium }),
  }
}

/** The private chat between the person and the bot. */
export function chatOf(person: Person): Chat.PrivateChat {
  const { id, first_name, last_name, username } = person
  return { id, type: 'private', first_name, ...(last_name && { last_name }), ...(username && { username }) }
}

/** A complete person from what was given; `id` must be settled by the caller. */
export function personFrom(given: NewPerson, id: number): Person {
  return {
    id,
    first_name: given.first_name,
    ...(given.last_name && { last_name: given.last_name }),
    ...(given.username && { username: given.username }),
    language_code: given.language_code ?? 'en',
    ...(given.is_premium && { is_premium: true }),
    kind: given.kind ?? 'person',
    started: false,
    blocked: false,
  }
}
