import { pruneChanges } from '@botdeck/shared/actions/change-logs'
import { pruneInbox } from '@botdeck/shared/actions/inbox'
import { prunePanelSessions } from '@botdeck/shared/actions/panel-sessions'
import { expireInvoices } from '@botdeck/shared/actions/payments'
import type { Db } from '@botdeck/shared/db/db'

/** Work that the clock begins. Each is safe to run again at any time. */
export interface Job {
  name: string
  /** When it runs, as a cron pattern in UTC. */
  every: string
  /** Does the work; what it answers is noted with the run. */
  run(db: Db, now: number): Promise<string | undefined>
}

const dayMs = 86_400_000
/** Telegram repeats no update after a day; a week more is for looking back. */
const inboxLifeMs = 8 * dayMs

/** All jobs. A new one is one entry here. */
export const jobs: readonly Job[] = [
  {
    name: 'expire-invoices',
    every: '*/10 * * * *',
    async run(db, now) {
      const expired = await db.transaction((tx) => expireInvoices(tx, now))
      return `${expired} expired`
    },
  },
  {
    name: 'prune-inbox',
    every: '17 3 * * *',
    async run(db, now) {
      await db.transaction((tx) => pruneInbox(tx, now - inboxLifeMs))
      return undefined
    },
  },
  {
    name: 'prune-changes',
    every: '37 3 * * *',
    async run(db) {
      return `${await pruneChanges(db)} deleted`
    },
  },
  {
    name: 'prune-sessions',
    every: '27 3 * * *',
    async run(db, now) {
      await db.transaction((tx) => prunePanelSessions(tx, now))
      return undefined
    },
  },
]
