import { upsertPerson } from '@botdeck/shared/actions/people'
import type { IngestAnswer } from '@botdeck/shared/contract/ingest'
import type { Tx } from '@botdeck/shared/db/db'
import { applyEvent } from './apply-event.ts'
import { applyUser } from './apply-user.ts'
import type { ValidBatch } from './validate.ts'

/** One element that is still to be written. */
type Write = (tx: Tx) => Promise<{ accepted: number; duplicates: number }>

/**
 * A validated request on its way to the disk: users first, then events, in the order given. It may be written in
 * several transactions; what a rolled-back one counted does not count.
 */
export class IngestJob {
  readonly answer: IngestAnswer
  readonly #writes: Write[]
  #next = 0

  constructor(batch: ValidBatch, now: number) {
    this.answer = { accepted: 0, duplicates: 0, rejected: batch.rejected }
    const users = batch.users.map(
      ({ value }): Write =>
        async (tx) => {
          await applyUser(tx, value, now)
          return { accepted: 0, duplicates: 0 }
        },
    )
    const events = batch.events.map(
      ({ value }): Write =>
        async (tx) => {
          const { person } = await upsertPerson(tx, { telegramId: value.userId }, now)
          const accepted = (await applyEvent(tx, person.uid, value)) ? 1 : 0
          return { accepted, duplicates: 1 - accepted }
        },
    )
    this.#writes = [...users, ...events]
  }

  /** How many elements are still to be written. */
  get left(): number {
    return this.#writes.length - this.#next
  }

  /**
   * Writes up to `most` elements.
   * @returns what makes them count, to be called once the transaction is committed
   */
  async write(tx: Tx, most: number): Promise<() => void> {
    const slice = this.#writes.slice(this.#next, this.#next + most)
    let accepted = 0
    let duplicates = 0
    for (const write of slice) {
      const done = await write(tx)
      accepted += done.accepted
      duplicates += done.duplicates
    }
    return () => {
      this.#next += slice.length
      this.answer.accepted += accepted
      this.answer.duplicates += duplicates
    }
  }
}
