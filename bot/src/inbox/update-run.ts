import { giveWelcome } from '@botdeck/shared/actions/credits'
import { applyUpdate, finishUpdate, type InboxRow } from '@botdeck/shared/actions/inbox'
import { recordSent } from '@botdeck/shared/actions/messages'
import { findPerson, type Person, personOf, upsertPerson } from '@botdeck/shared/actions/people'
import { AppError, type ErrorCode } from '@botdeck/shared/contract/errors'
import type { Db, Tx } from '@botdeck/shared/db/db'
import type { Update } from 'grammy/types'
import { isTemporary } from '../failures.ts'
import { type Locale, localeOf } from '../texts.ts'
import { instantOf, senderOf } from './kinds.ts'
import { recordArrival, recordReturn } from './recorded.ts'

/** What `work` of an update is given. */
export interface Scene {
  tx: Tx
  /** As they are in this transaction, with the credits to start with. */
  person: Person
  /** When it happened, in ms. */
  at: number
  /** The id of an event or a row that this update makes: the same whenever it runs. */
  id: (name: string) => string
}

export type Act = <T>(work: (scene: Scene) => Promise<T>) => Promise<T>

/** What the inbox keeps of a first run, so that a second one answers the same. */
type Outcome =
  | { kind: 'done'; locale: Locale; value: unknown }
  | { kind: 'refused'; locale: Locale; code: ErrorCode; message: string; detail: string | null }
  | { kind: 'failed'; locale: Locale }

/** A message that the person got. */
export interface Sent {
  text?: string | undefined
  fileId?: string | undefined
}

/** One update on its way from `received` over `applied` to `done`. */
export class UpdateRun {
  readonly sent: Sent[] = []
  /** What is to follow the answer. */
  readonly afterwards: (() => void)[] = []
  readonly update: Update
  locale: Locale
  /** Every answer was given; what is left is to write that down. */
  answered = false
  readonly #db: Db
  readonly #row: Pick<InboxRow, 'updateId' | 'receivedAt'>
  #acted = false

  constructor(db: Db, row: Pick<InboxRow, 'updateId' | 'receivedAt'>, update: Update) {
    this.#db = db
    this.#row = row
    this.update = update
    this.locale = localeOf({ languageCode: senderOf(update)?.language_code })
  }

  /** See `BotContext.act`. Throws what `work` refused with, and then only the arrival of the update is recorded. */
  async act<T>(work: (scene: Scene) => Promise<T>): Promise<T> {
    if (this.#acted) throw new Error('an update takes effect in one transaction')
    this.#acted = true
    const outcome = await this.#apply(work)
    this.locale = outcome.locale
    // @NOTE What was stored is what the same code returned for this very update.
    if (outcome.kind === 'done') return outcome.value as T
    if (outcome.kind === 'failed') throw new Error('the update failed before')
    const { code, message, detail } = outcome
    throw new AppError(code, message, detail === null ? {} : { detail })
  }

  async #apply<T>(work: (scene: Scene) => Promise<T>): Promise<Outcome> {
    const enter = (inside: (scene: Scene) => Promise<Outcome>) =>
      applyUpdate(this.#db, this.#row.updateId, async (tx) => inside(await this.#scene(tx)))
    try {
      return await enter(async (scene) => {
        if (scene.person.banned) throw new AppError('forbidden', 'banned', { detail: 'banned' })
        const value = await work(scene)
        return { kind: 'done', locale: localeOf(await personOf(scene.tx, scene.person.uid)), value }
      })
    } catch (error) {
      if (isTemporary(error)) throw error
      if (error instanceof AppError) {
        const { code, message, detail = null } = error
        return enter(async ({ person }) => ({
          kind: 'refused',
          locale: localeOf(person),
          code,
          message,
          detail,
        }))
      }
      await enter(async ({ person }) => ({ kind: 'failed', locale: localeOf(person) }))
      throw error
    }
  }

  async #scene(tx: Tx): Promise<Scene> {
    const { update } = this
    const from = senderOf(update)
    if (!from) throw new Error('an update from nobody is not acted on')
    // Taken first, so that no two transactions wait for one another's people.
    await tx.orderEvents()
    const { updateId, receivedAt } = this.#row
    const at = instantOf(update, receivedAt)
    const id = (name: string) => `u${updateId}:${name}`
    const facts = {
      telegramId: from.id,
      firstName: from.first_name,
      username: from.username ?? null,
      languageCode: from.language_code,
    }
    const { person } = await upsertPerson(tx, facts, at)
    await recordReturn(tx, person, { at, id })
    await recordArrival(tx, { uid: person.uid, update, at, id })
    if (person.credits === null) await giveWelcome(tx, person.uid, at)
    return { tx, person: await personOf(tx, person.uid), at, id }
  }

  /** Writes down that the person has their answer, and what it said. */
  async finish(now: number): Promise<void> {
    const { updateId } = this.#row
    await this.#db.transaction(async (tx) => {
      await tx.orderEvents()
      const from = senderOf(this.update)
      const person = from && (await findPerson(tx, from.id))
      if (person)
        for (const [index, { text, fileId }] of this.sent.entries())
          await recordSent(tx, { uid: person.uid, at: now, text, fileId, id: `u${updateId}:sent:${index}` })
      await finishUpdate(tx, updateId)
    })
  }
}
