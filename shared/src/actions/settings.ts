import type { WeekStart } from '#contract/params'
import type { Queryable, Tx } from '#db/db'
import { defaultRates, type Rates } from '#domain/money'
import { defaultSegmentThresholds, type SegmentThresholds } from '#domain/segments'
import { defaultTierThresholds, type TierThresholds } from '#domain/tiers'

/** What every process must agree on. The environment writes what it fixes into the table at start. */
export interface Settings {
  /** IANA name of the one reporting zone. */
  timezone: string
  weekStart: WeekStart
  /** Reporting currency. */
  currency: string
  /** USD per major unit of a currency; the Stars rate is an estimate. */
  rates: Rates
  tiers: TierThresholds
  segments: SegmentThresholds
}

const defaults: Settings = {
  timezone: 'UTC',
  weekStart: 'monday',
  currency: 'XTR',
  rates: defaultRates,
  tiers: defaultTierThresholds,
  segments: defaultSegmentThresholds,
}

/** The settings as stored, with the defaults for what was never set. */
export async function readSettings(db: Queryable): Promise<Settings> {
  const rows = await db.orm.select().from(db.t.settings)
  // @NOTE Only `writeSettings` writes this table, and it is typed.
  return {
    ...defaults,
    ...(Object.fromEntries(rows.map((row) => [row.key, row.value])) as Partial<Settings>),
  }
}

/** Stores settings; those not named stay. */
export async function writeSettings(tx: Tx, changed: Partial<Settings>, now: number): Promise<void> {
  const { settings } = tx.t
  for (const [key, value] of Object.entries(changed))
    await tx.orm
      .insert(settings)
      .values({ key, value, updatedAt: now })
      .onConflictDoUpdate({ target: settings.key, set: { value, updatedAt: now } })
}
