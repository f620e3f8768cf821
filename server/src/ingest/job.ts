import { uidsOf } from '@botdeck/shared/actions/people'
import type { IngestAnswer } from '@botdeck/shared/contract/ingest'
import type { Tx } from '@botdeck/shared/db/db'
import { applyEvents } from './apply-event.ts'
import { applyUser } from './apply-user.ts'
import type { ValidBatch, ValidEvent, ValidUser } from './validate.ts'

/**
 * A validated request on its way to the disk: users first, then events, in the order given. It may be written in
 * several transactions; what a rolled-back one counted does not count.
 */
export class IngestJob {
  readonly answer: IngestAnswer
  readonly #users: readonly ValidUser[]
  readonly #events: readonly ValidEvent[]
  readonly #now: number
  #usersDone = 0
  #eventsDone = 0

  constructor(batch: ValidBatch, now: number) {
    this.answer = { accepted: 0, duplicates: 0, rejected: batch.rejected }
    this.#users = batch.users.map(({ value }) => value)
    this.#events = batch.events.map(({ value }) => value)
    this.#now = now
  }

  /** How many elements are still to be written. */
  get left(): number {
    return this.#users.length - this.#usersDone + this.#events.length - this.#eventsDone
  }

  /**
   * Writes up to `most` elements.
   * @returns what makes them count, to be called once the transaction is committed
   */
  async write(tx: Tx, most: number): Promise<() => void> {
    const users = this.#users.slice(this.#usersDone, this.#usersDone + most)
    for (const user of users) await applyUser(tx, user, this.#now)
    const events = this.#events.slice(this.#eventsDone, this.#eventsDone + most - users.length)
    const ids = events.map(({ userId }) => userId)
    const uids = await uidsOf(tx, ids, this.#now)
    const fresh = await applyEvents(
      tx,
      events.map((event, index) => ({ uid: uids[index] ?? 0, event })),
    )
    const accepted = fresh.filter(Boolean).length
    return () => {
      this.#usersDone += users.length
      this.#eventsDone += events.length
      this.answer.accepted += accepted
      this.answer.duplicates += events.length - accepted
    }
  }
}
