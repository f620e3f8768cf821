import type { Kit } from '../columns-sqlite.ts'
import { categoriesTable, effectsTable, packagesTable } from './catalogue.ts'
import {
  activeDaysTable,
  cellGenerationsTable,
  cohortCellsTable,
  dayCellsTable,
  firstCellsTable,
  moneyCellsTable,
  payerDaysTable,
  personStatesTable,
  quarterCellsTable,
  rollupStateTable,
  segmentCellsTable,
  typeCellsTable,
} from './cells.ts'
import {
  chunkCodesTable,
  chunkKeysTable,
  columnsStateTable,
  eventChunksTable,
  propertyValuesTable,
} from './columns.ts'
import { eventsTable, eventTypesTable, inboxTable, messagesTable } from './events.ts'
import { experimentsTable } from './experiments.ts'
import {
  creditLedgerTable,
  generationsTable,
  paymentChangesTable,
  paymentsTable,
  waitingRefundsTable,
} from './money.ts'
import {
  adminsTable,
  dialoguesTable,
  panelSessionsTable,
  referralsTable,
  savedSegmentsTable,
  userChangesTable,
  usersTable,
} from './people.ts'
import { ingestKeysTable, jobRunsTable, settingsTable } from './system.ts'

/** Every table over one column kit. */
export function createTables(kit: Kit) {
  const users = usersTable(kit)
  const eventTypes = eventTypesTable(kit)
  const categories = categoriesTable(kit)
  const effects = effectsTable(kit, categories)
  const packages = packagesTable(kit)
  const eventChunks = eventChunksTable(kit, eventTypes)
  const payments = paymentsTable(kit, users, packages)
  const generations = generationsTable(kit, users, effects)
  return {
    users,
    admins: adminsTable(kit),
    panelSessions: panelSessionsTable(kit),
    referrals: referralsTable(kit, users),
    dialogues: dialoguesTable(kit, users),
    eventTypes,
    events: eventsTable(kit, users, eventTypes),
    inbox: inboxTable(kit),
    messages: messagesTable(kit, users),
    categories,
    effects,
    packages,
    payments,
    paymentChanges: paymentChangesTable(kit),
    waitingRefunds: waitingRefundsTable(kit),
    generations,
    creditLedger: creditLedgerTable(kit, { users, payments, generations }),
    settings: settingsTable(kit),
    ingestKeys: ingestKeysTable(kit),
    jobRuns: jobRunsTable(kit),
    rollupState: rollupStateTable(kit),
    cellGenerations: cellGenerationsTable(kit),
    personStates: personStatesTable(kit, users),
    activeDays: activeDaysTable(kit),
    dayCells: dayCellsTable(kit),
    typeCells: typeCellsTable(kit, eventTypes),
    quarterCells: quarterCellsTable(kit),
    firstCells: firstCellsTable(kit),
    cohortCells: cohortCellsTable(kit),
    moneyCells: moneyCellsTable(kit),
    payerDays: payerDaysTable(kit),
    segmentCells: segmentCellsTable(kit),
    columnsState: columnsStateTable(kit),
    eventChunks,
    chunkCodes: chunkCodesTable(kit, eventChunks),
    chunkKeys: chunkKeysTable(kit, eventChunks),
    propertyValues: propertyValuesTable(kit),
    userChanges: userChangesTable(kit),
    savedSegments: savedSegmentsTable(kit),
    experiments: experimentsTable(kit),
  }
}

export type Tables = ReturnType<typeof createTables>
