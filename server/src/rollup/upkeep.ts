import { readSettings } from '@botdeck/shared/actions/settings'
import type { Db } from '@botdeck/shared/db/db'
import { mergeChunks } from '../columns/merge.ts'
import { sealTail, tailGoal } from '../columns/seal.ts'
import { readSealedId } from '../columns/seal-state.ts'
import type { Engine } from './engine.ts'

const checkpointMs = 2000
const settingsMs = 2000
/** A tail that grows no more is sealed after so long. */
const restingSealMs = 60_000

/** Whether a generation was made for the calendar of the settings. */
async function fitsSettings(db: Db, { state }: Engine): Promise<boolean> {
  const { timezone, weekStart } = await readSettings(db)
  return state.zone === timezone && state.weekStart === weekStart
}

/** What is to be done beside following: each thing when it is due. */
export class Upkeep {
  readonly #db: Db
  readonly #now: () => number
  #checkpointAt: number
  #settingsAt = Number.NEGATIVE_INFINITY
  #sealedAt: number
  #mayMerge = true

  constructor(db: Db, now: () => number) {
    this.#db = db
    this.#now = now
    this.#checkpointAt = now()
    this.#sealedAt = now()
  }

  /** Copies the write-ahead log into the file. */
  async checkpoint(): Promise<void> {
    if (this.#now() - this.#checkpointAt < checkpointMs) return
    await this.#db.checkpoint()
    this.#checkpointAt = this.#now()
  }

  /** Whether the generation is still one of the calendar that is wanted. */
  async fits(engine: Engine): Promise<boolean> {
    if (this.#now() - this.#settingsAt < settingsMs) return true
    this.#settingsAt = this.#now()
    return fitsSettings(this.#db, engine)
  }

  /** Takes the tail into columns when it is long, or rests; merges chunks while there is nothing else to do. */
  async columns(engine: Engine, idle: boolean): Promise<void> {
    const { watermark } = engine.state
    const tail = watermark - (await readSealedId(this.#db))
    const rested = idle && tail > 0 && this.#now() - this.#sealedAt >= restingSealMs
    if (tail >= tailGoal || rested) {
      await sealTail(this.#db, watermark)
      this.#sealedAt = this.#now()
      this.#mayMerge = true
    } else if (idle && this.#mayMerge) this.#mayMerge = await mergeChunks(this.#db)
  }
}
