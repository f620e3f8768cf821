import { recordInvoice, recordPayment, recordRefund } from '@botdeck/shared/actions/payments'
import { personOf, setTest, upsertPerson } from '@botdeck/shared/actions/people'
import { writeSettings } from '@botdeck/shared/actions/settings'
import { track } from '@botdeck/shared/actions/track'
import type { Db, Tx } from '@botdeck/shared/db/db'
import fc from 'fast-check'
import { rollUp } from './stats.ts'

/*
 * Small random histories for the properties that stats must have: a handful of people, some forty days, any order of
 * arrival, zones with half hours, three quarters and changes of clocks.
 */

/** When the figures of a random history are counted. */
export const historyNow = Date.parse('2026-04-20T09:22:31Z')

const people = 5
const stepMs = 37 * 60_000
// Up to five minutes ahead of now, as ingest allows.
const latestAt = historyNow + 280_000
const types = [
  'started',
  'started',
  'effect_viewed',
  'effect_viewed',
  'generation_succeeded',
  'generation_failed',
  'bot_blocked',
]
const kinds = [
  'event',
  'event',
  'event',
  'event',
  'event',
  'invoice',
  'payment',
  'refund',
  'roll-up',
] as const

const happening = fc.record({
  kind: fc.constantFrom(...kinds),
  person: fc.nat(people - 1),
  at: fc.nat(1600).map((steps) => latestAt - steps * stepMs),
  type: fc.constantFrom(...types),
  /** Two happenings of one number are the same event, invoice or payment. */
  number: fc.nat(40),
  /** Its place in the order of arrival. */
  arrival: fc.nat(1000),
})
type Happening = typeof happening extends fc.Arbitrary<infer H> ? H : never

export const randomHistory = fc.record({
  zone: fc.constantFrom('Europe/Berlin', 'Asia/Kathmandu', 'America/New_York', 'Australia/Lord_Howe'),
  weekStart: fc.constantFrom('monday' as const, 'sunday' as const, 'saturday' as const),
  /** Who is a test user in the end. */
  tests: fc.uniqueArray(fc.nat(people - 1), { maxLength: 2 }),
  happenings: fc.array(happening, { minLength: 10, maxLength: 80 }),
})
export type RandomHistory = typeof randomHistory extends fc.Arbitrary<infer H> ? H : never

/** Of happenings with one number the first stays, so that no order of arrival decides which of them counts. */
function distinct(happenings: readonly Happening[]): Happening[] {
  const seen = new Map(happenings.map((what) => [`${what.kind} ${what.number}`, what] as const).reverse())
  return happenings.filter(
    (what) => what.kind === 'roll-up' || seen.get(`${what.kind} ${what.number}`) === what,
  )
}

async function happen(tx: Tx, uids: readonly number[], { kind, number, person, at, type }: Happening) {
  // Who pays, how much and for what is said by the number, so that invoice, payment and refund agree.
  const uid = uids[kind === 'event' ? person : number % people] ?? 0
  const [currency, amount] = number % 7 === 0 ? ['EUR', 499] : ['XTR', 50 + number]
  const packageId = number % 2 === 0 ? 'pkg_10' : 'pkg_50'
  const order = { uid, at, packageId, amount, currency, invoiceId: `i${number}` }
  const chargeId = `c${number}`
  if (kind === 'event') await track(tx, [{ uid, type, at, id: `e${number} ${at}`, props: { number } }])
  if (kind === 'invoice') await recordInvoice(tx, order)
  if (kind === 'payment') await recordPayment(tx, { ...order, chargeId })
  if (kind === 'refund') await recordRefund(tx, { chargeId, at })
}

/** Removes everybody, with all that happened to them and all that is derived from it. */
export async function emptyOfHistory(db: Db): Promise<void> {
  const { t } = db
  const cells = [
    t.activeDays,
    t.dayCells,
    t.typeCells,
    t.quarterCells,
    t.firstCells,
    t.cohortCells,
    t.segmentCells,
  ]
  const columns = [t.chunkCodes, t.eventChunks, t.columnsState]
  const rest = [t.personStates, t.rollupState, t.payments, t.waitingRefunds, t.events, t.users]
  await db.transaction(async (tx) => {
    // Nobody is ever deleted but here: who holds people in memory must hear of it.
    const known = await tx.orm.select({ uid: t.users.uid }).from(t.users)
    if (known.length > 0) await tx.orm.insert(t.userChanges).values(known)
    for (const table of [...cells, ...columns, ...rest]) await tx.orm.delete(table)
  })
}

/** Replaces what the database holds by a history, in its order of arrival or in that of time. */
export async function writeHistory(
  db: Db,
  { zone, weekStart, tests, happenings }: RandomHistory,
  order: 'arrival' | 'time',
): Promise<void> {
  await emptyOfHistory(db)
  const sorted = distinct(happenings).sort(
    (a, b) => a[order === 'time' ? 'at' : 'arrival'] - b[order === 'time' ? 'at' : 'arrival'],
  )
  const uids: number[] = []
  await db.transaction(async (tx) => {
    await writeSettings(tx, { timezone: zone, weekStart }, 0)
    for (let id = 1; id <= people; id++) uids.push((await upsertPerson(tx, { telegramId: id }, 0)).person.uid)
  })
  for (const what of sorted)
    if (what.kind === 'roll-up') await rollUp(db, historyNow)
    else await db.transaction((tx) => happen(tx, uids, what))
  await db.transaction(async (tx) => {
    for (const person of tests) await setTest(tx, await personOf(tx, uids[person] ?? 0), true, historyNow)
  })
  await rollUp(db, historyNow)
}
