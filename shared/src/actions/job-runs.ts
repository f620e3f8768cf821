import { desc, eq } from 'drizzle-orm'
import type { Db, Queryable } from '#db/db'
import type { Tables } from '#db/tables/all'

export type JobRun = Tables['jobRuns']['$inferSelect']

/** Runs a job and records how it went. Its failure is recorded and thrown on. */
export async function recordJob(
  db: Db,
  job: string,
  work: () => Promise<string | undefined>,
  clock: () => number,
): Promise<void> {
  const { jobRuns } = db.t
  const id = await db.transaction(async (tx) => {
    const [row] = await tx.orm
      .insert(jobRuns)
      .values({ job, startedAt: clock() })
      .returning({ id: jobRuns.id })
    return row?.id ?? 0
  })
  const end = (ended: { error?: string; note?: string | null }) =>
    db.transaction(async (tx) => {
      await tx.orm
        .update(jobRuns)
        .set({ finishedAt: clock(), ...ended })
        .where(eq(jobRuns.id, id))
    })
  try {
    await end({ note: (await work()) ?? null })
  } catch (error) {
    await end({ error: error instanceof Error ? error.message : String(error) })
    throw error
  }
}

/** The latest runs, newest first. */
export async function latestJobRuns(db: Queryable, limit: number): Promise<JobRun[]> {
  return db.orm.select().from(db.t.jobRuns).orderBy(desc(db.t.jobRuns.id)).limit(limit)
}
