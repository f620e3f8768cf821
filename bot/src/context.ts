import type { Db } from '@botdeck/shared/db/db'
import { Context } from 'grammy'
import type { Act, UpdateRun } from './inbox/update-run.ts'
import type { Logger } from './logger.ts'
import { html, plain, type TextKey } from './texts.ts'

/** What the features are given from outside. */
export interface BotDeps {
  token: string
  apiRoot: string
  /** Address of the panel; without it `/admin` says what is missing. */
  publicUrl: string | undefined
  db: Db
  log: Logger
  now: () => number
  /** Tells the worker that a picture was ordered. */
  onGenerationRequested: () => void
}

type Params = Record<string, string | number>

/** What a handler sees of an update. */
export class BotContext extends Context {
  #run: UpdateRun | undefined

  /** The update's way through the inbox; set before any feature runs. */
  get run(): UpdateRun {
    if (!this.#run) throw new Error('the update is not in the inbox')
    return this.#run
  }

  set run(run: UpdateRun) {
    this.#run = run
  }

  /**
   * Lets the update take effect: `work` runs in one transaction with all that is recorded of the update, once for
   * ever. A second run returns the first result, so everything an answer says must come from it. At most one a update.
   */
  readonly act: Act = (work) => this.run.act(work)

  /** A text as HTML in the person's language. */
  html(key: TextKey, params?: Params): string {
    return html(this.run.locale, key, params)
  }

  /** A text for buttons and alerts in the person's language. */
  plain(key: TextKey, params?: Params): string {
    return plain(this.run.locale, key, params)
  }
}
