import { sqliteKit } from './columns-sqlite.ts'
import { createTables } from './tables/all.ts'

/** The tables as drizzle-kit reads them: one export each. */
export const {
  users,
  admins,
  panelSessions,
  referrals,
  dialogues,
  eventTypes,
  events,
  inbox,
  messages,
  categories,
  effects,
  packages,
  payments,
  waitingRefunds,
  generations,
  creditLedger,
  settings,
  ingestKeys,
  jobRuns,
  rollupState,
  personStates,
  activeDays,
  dayCells,
  typeCells,
  quarterCells,
  firstCells,
  cohortCells,
} = createTables(sqliteKit)
