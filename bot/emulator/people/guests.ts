import { type EmulatorClient, EmulatorError } from '../client.ts'
import { historyIdentity, type Identity, liveIdentity, liveIds, telegramIdOf } from './identity.ts'
import type { Random } from './random.ts'
import { sources } from './sources.ts'

/** Somebody at the door. */
export interface Guest {
  personId: number
  /** What follows their `/start`. */
  payload: string
  /** The stand-in has never seen them, so that their chat is empty. */
  fresh: boolean
}

const remembered = 300
const shareOfNew = 0.45
const shareOfHistory = 0.2
const shareOfInvited = 0.18

/** Who comes next: somebody new, somebody who was here lately, or somebody of the history. Remembers a few hundred. */
export class Guests {
  readonly #client: EmulatorClient
  readonly #random: Random
  readonly #history: { people: number; seed: string }
  readonly #recent: number[] = []
  readonly #shared: number[] = []
  #nextIndex: number

  private constructor(
    from: { client: EmulatorClient; random: Random; history: { people: number; seed: string } },
    nextIndex: number,
  ) {
    this.#client = from.client
    this.#random = from.random
    this.#history = from.history
    this.#nextIndex = nextIndex
  }

  /** Asks the stand-in who came live before, so that ids go on where they ended. */
  static async at(from: {
    client: EmulatorClient
    random: Random
    history: { people: number; seed: string }
  }): Promise<Guests> {
    const known = await from.client.persons({ kind: 'simulated', limit: 10_000 })
    const indexes = known.map(({ id }) => id - liveIds).filter((index) => index >= 0 && index < liveIds)
    return new Guests(
      from,
      indexes.reduce((next, index) => Math.max(next, index + 1), 0),
    )
  }

  async next(): Promise<Guest> {
    const choice = this.#random.next()
    const { people, seed } = this.#history
    if (choice < shareOfNew || (this.#recent.length === 0 && people === 0)) {
      const identity = liveIdentity(seed, this.#nextIndex++)
      return { ...(await this.#introduce(identity)), payload: this.#payload() }
    }
    if (people > 0 && (choice < shareOfNew + shareOfHistory || this.#recent.length === 0)) {
      // Whoever came late in the history comes back rather than whoever came early.
      const index = Math.floor(people * this.#random.next() ** 0.5)
      return this.#introduce(historyIdentity(seed, index))
    }
    return { personId: this.#random.pick(this.#recent), payload: '', fresh: false }
  }

  /** Keeps somebody in mind who may come again. */
  remember(personId: number): void {
    keep(this.#recent, personId)
  }

  forget(personId: number): void {
    const index = this.#recent.indexOf(personId)
    if (index >= 0) this.#recent.splice(index, 1)
  }

  /** Somebody passed on their link: one of their friends may come by it. */
  shared(personId: number): void {
    keep(this.#shared, personId)
  }

  async #introduce(identity: Identity): Promise<Guest> {
    const { telegramId: id, firstName: first_name, username, language } = identity
    const known = await this.#client.person(id).catch((error: unknown) => {
      if (error instanceof EmulatorError) return undefined
      throw error
    })
    const named = { first_name, ...(username !== null && { username }), language_code: language.code }
    await this.#client.createPerson({ id, ...named, kind: 'simulated' })
    return { personId: id, payload: '', fresh: !known?.started }
  }

  #payload(): string {
    if (this.#random.chance(shareOfInvited)) return `ref_${this.#inviter()}`
    return this.#random.weighted(sources, livePull).payload ?? ''
  }

  #inviter(): number {
    if (this.#shared.length > 0) return this.#random.pick(this.#shared)
    return telegramIdOf(this.#random.whole(0, Math.max(0, this.#history.people - 1)))
  }
}

/** How many come by a source now: what was over in the history is over. */
function livePull({ name }: { name: string }): number {
  return { direct: 10, reels: 6, tiktok: 5, newsletter: 2, habr: 0.5 }[name] ?? 0
}

function keep(list: number[], personId: number): void {
  if (list.includes(personId)) return
  list.push(personId)
  if (list.length > remembered) list.shift()
}
