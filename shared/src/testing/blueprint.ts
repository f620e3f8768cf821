import { eq } from 'drizzle-orm'
import { addAdmin } from '#actions/admins'
import { recordInvoice, recordPayment, recordRefund } from '#actions/payments'
import { personOf, setTest, upsertPerson } from '#actions/people'
import { writeSettings } from '#actions/settings'
import { type NewEvent, track } from '#actions/track'
import type { Db, Tx } from '#db/db'

/*
 * Thirteen people whose figures can be counted by hand, in Europe/Berlin: UTC + 1, from 29 March 03:00 UTC + 2. Now is
 * Wednesday, 1 April 2026, 12:07. Local times; S started, E effect viewed, G generation succeeded, F failed,
 * I invoice sent, P paid, R refunded, m a message of theirs, o one to them (no activity), c created (no activity).
 *
 *      | 30 Dec | 31 Dec  | 1 Jan            | 2 Jan   | 5 Jan   | 27 Mar  | 28 Mar       | 29 Mar        | 30 Mar  | 31 Mar   | 1 Apr
 * ann  | S 12:00| E 12:00 | E 12:00          |         | G 12:00 |         |              |               | m 09:00 |          |
 * bob  |        | S 23:30 | m 00:15  I 00:20 | P 10:00 |         |         |              |               | R 10:00 |          |
 * cat  |        |         | S 18:00          |         |         |         | E 18:00      |               |         | P 18:00  |
 * dan  |        |         |                  | S 09:00 |         |         |              |               | F 20:00 |          |
 * eva  |        |         |                  |         | c 08:00 | S 20:00 |              |               |         |          |
 * fay  |        |         |                  |         |         |         | S 10:00 I :05| P 0:30 E 23:30|         | P 09:00  |
 * gus  |        |         |                  |         |         |         |              | S 03:10       | G 08:00 |          | E 00:10
 * hal  |        |         |                  |         |         |         |              |               | S 15:00 | E 11:00  |
 * ivy  |        |         |                  |         |         |         |              |               |         | S 10:00  | P 10:00
 * jon  |        |         |                  |         |         |         |              |               |         | G 12:00  |
 * kim  |        |         |                  |         |         |         |              |               |         |          |
 * lea  |        |         |                  |         |         |         |              |               |         | o 13:00  |
 * max  |        |         |                  |         |         |         |              |               |         |          | S 11:50 I 12:05
 *
 * ann, bob, fay and gus write English, the others German. dan is banned; ivy is an admin and jon a test user. What hal
 * started with arrives last. bob paid 200 Stars for the invoice `bob-1` (pkg_50), fay 50 for `fay-1` (pkg_10) and then
 * 500 without an invoice (pkg_150), ivy 500 (pkg_150), cat 4.99 EUR (pkg_eur), for which there is no rate; max has not
 * paid `max-1` (200 Stars, pkg_50).
 */

const ids = {
  ann: 101,
  bob: 102,
  cat: 103,
  dan: 104,
  eva: 105,
  fay: 106,
  gus: 107,
  hal: 108,
  ivy: 109,
  jon: 110,
  kim: 111,
  lea: 112,
  max: 113,
}

/** The people of the blueprint by name; their Telegram ids go up in this order from 101. */
export type BlueprintName = keyof typeof ids

/** When the figures of the blueprint are counted: 12:07 in Berlin. */
export const blueprintNow = Date.parse('2026-04-01T10:07:00Z')

/** The name behind a Telegram id of the blueprint. */
export function blueprintName(telegramId: number | null): BlueprintName | undefined {
  for (const name of names) if (ids[name] === telegramId) return name
  return undefined
}

// @NOTE These are the keys of the object above, which has no others.
const names = Object.keys(ids) as BlueprintName[]
const english: readonly BlueprintName[] = ['ann', 'bob', 'fay', 'gus']

type Happening = [name: BlueprintName, at: string, type: string, props?: Record<string, unknown>]

const effect = (effectId: string) => ({ effectId })
const history: Happening[] = [
  ['ann', '2025-12-30T11:00Z', 'started'],
  ['ann', '2025-12-31T11:00Z', 'effect_viewed', effect('comic')],
  ['ann', '2026-01-01T11:00Z', 'effect_viewed', effect('pixel')],
  ['ann', '2026-01-05T11:00Z', 'generation_succeeded', effect('duotone')],
  ['ann', '2026-03-30T07:00Z', 'message_received'],
  ['bob', '2025-12-31T22:30Z', 'started'],
  ['bob', '2025-12-31T23:15Z', 'message_received'],
  ['cat', '2026-01-01T17:00Z', 'started'],
  ['cat', '2026-03-28T17:00Z', 'effect_viewed', effect('pixel')],
  ['dan', '2026-01-02T08:00Z', 'started'],
  ['dan', '2026-03-30T18:00Z', 'generation_failed', { effectId: 'duotone', errorType: 'timeout' }],
  ['eva', '2026-01-05T07:00Z', 'user_created'],
  ['eva', '2026-03-27T19:00Z', 'started'],
  ['fay', '2026-03-28T09:00Z', 'started'],
  ['fay', '2026-03-29T21:30Z', 'effect_viewed', effect('comic')],
  ['gus', '2026-03-29T01:10Z', 'started'],
  ['gus', '2026-03-30T06:00Z', 'generation_succeeded', effect('duotone')],
  ['gus', '2026-03-31T22:10Z', 'effect_viewed', effect('pixel')],
  ['hal', '2026-03-31T09:00Z', 'effect_viewed', effect('comic')],
  ['ivy', '2026-03-31T08:00Z', 'started'],
  ['jon', '2026-03-31T10:00Z', 'generation_succeeded', effect('comic')],
  ['lea', '2026-03-31T11:00Z', 'message_sent'],
  ['max', '2026-04-01T09:50Z', 'started'],
]
const late: Happening[] = [['hal', '2026-03-30T13:00Z', 'started']]

interface Sale {
  name: BlueprintName
  packageId: string
  amount: number
  currency?: string
  /** When the invoice `<name>-1` was sent. */
  invoicedAt?: string
  paidAt?: string
  refundedAt?: string
}

const sales: Sale[] = [
  {
    name: 'bob',
    packageId: 'pkg_50',
    amount: 200,
    invoicedAt: '2025-12-31T23:20Z',
    paidAt: '2026-01-02T09:00Z',
    refundedAt: '2026-03-30T08:00Z',
  },
  { name: 'cat', packageId: 'pkg_eur', amount: 499, currency: 'EUR', paidAt: '2026-03-31T16:00Z' },
  {
    name: 'fay',
    packageId: 'pkg_10',
    amount: 50,
    invoicedAt: '2026-03-28T09:05Z',
    paidAt: '2026-03-28T23:30Z',
  },
  { name: 'fay', packageId: 'pkg_150', amount: 500, paidAt: '2026-03-31T07:00Z' },
  { name: 'ivy', packageId: 'pkg_150', amount: 500, paidAt: '2026-04-01T08:00Z' },
  { name: 'max', packageId: 'pkg_50', amount: 200, invoicedAt: '2026-04-01T10:05Z' },
]

type Uids = Record<BlueprintName, number>

async function writePeople(tx: Tx): Promise<Uids> {
  const uids: Partial<Uids> = {}
  await addAdmin(tx, { telegramId: ids.ivy, role: 'analyst', addedBy: 'test' }, blueprintNow)
  for (const name of names) {
    const languageCode = english.includes(name) ? 'en' : 'de'
    const facts = { telegramId: ids[name], firstName: name, languageCode }
    uids[name] = (await upsertPerson(tx, facts, blueprintNow)).person.uid
  }
  // @NOTE The loop above has set every name.
  const all = uids as Uids
  await tx.orm.update(tx.t.users).set({ banned: true }).where(eq(tx.t.users.uid, all.dan))
  return all
}

function eventsOf(happenings: readonly Happening[], uids: Uids): NewEvent[] {
  return happenings.map(([name, at, type, props]) => ({
    uid: uids[name],
    type,
    at: Date.parse(at),
    id: `${name} ${at}`,
    props,
  }))
}

async function writeSale(tx: Tx, { name, packageId, amount, currency = 'XTR', ...sale }: Sale, uids: Uids) {
  const uid = uids[name]
  const { invoicedAt, paidAt, refundedAt } = sale
  const invoiceId = invoicedAt === undefined ? undefined : `${name}-1`
  const order = { uid, packageId, amount, currency, invoiceId }
  const props = { packageId, amount, currency, ...(invoiceId === undefined ? {} : { invoiceId }) }
  const chargeId = `${name} ${packageId}`
  const record = (type: string, at: string, more: object = {}) =>
    track(tx, [{ uid, type, at: Date.parse(at), id: `${type} ${chargeId}`, props: { ...props, ...more } }])
  if (invoicedAt !== undefined) {
    await recordInvoice(tx, { ...order, at: Date.parse(invoicedAt) })
    await record('invoice_sent', invoicedAt)
  }
  if (paidAt !== undefined) {
    await recordPayment(tx, { ...order, chargeId, at: Date.parse(paidAt) })
    await record('payment_completed', paidAt, { chargeId })
  }
  if (refundedAt !== undefined) {
    await recordRefund(tx, { chargeId, at: Date.parse(refundedAt) })
    await record('payment_refunded', refundedAt, { chargeId })
  }
}

/**
 * Writes the blueprint into an empty database through the actions that bot and server use. `rollUp` brings the cells up
 * to date; it runs in between as well, so that what comes late meets cells that hold the rest.
 */
export async function writeBlueprint(db: Db, rollUp: () => Promise<unknown>): Promise<Uids> {
  await db.transaction((tx) => writeSettings(tx, { timezone: 'Europe/Berlin' }, 0))
  const uids = await db.transaction(writePeople)
  await db.transaction((tx) => track(tx, eventsOf(history, uids)))
  await rollUp()
  await db.transaction(async (tx) => {
    for (const sale of sales) await writeSale(tx, sale, uids)
    await setTest(tx, await personOf(tx, uids.jon), true, blueprintNow)
    await track(tx, eventsOf(late, uids))
  })
  await rollUp()
  return uids
}
