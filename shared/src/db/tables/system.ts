import type { Kit } from '../columns-sqlite.ts'

/** Settings that the environment does not fix. */
export function settingsTable(kit: Kit) {
  return kit.table('settings', {
    key: kit.text().primaryKey(),
    value: kit.json<unknown>().notNull(),
    updatedAt: kit.big().notNull(),
  })
}

/** Keys of senders of events. Only the hash is stored. */
export function ingestKeysTable(kit: Kit) {
  return kit.table('ingest_keys', {
    id: kit.identity(),
    name: kit.text().notNull(),
    hash: kit.text().notNull().unique(),
    createdAt: kit.big().notNull(),
    revokedAt: kit.big(),
  })
}

/** What jobs did and how it went. */
export function jobRunsTable(kit: Kit) {
  return kit.table(
    'job_runs',
    {
      id: kit.identity(),
      job: kit.text().notNull(),
      startedAt: kit.big().notNull(),
      finishedAt: kit.big(),
      error: kit.text(),
      note: kit.text(),
    },
    (t) => [kit.index('job_runs_job').on(t.job, t.startedAt)],
  )
}
