import { closeSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { History } from '../dataset/history.ts'
import { offerOf } from '../dataset/invoices.ts'
import { kindIsActivity, kinds } from '../dataset/kinds.ts'
import { usernameOf } from '../dataset/people.ts'
import { propertiesOf } from '../dataset/properties.ts'
import { attributesOf } from './botdeck-rows.ts'
import type { TableName } from './tables.ts'

type OnProgress = (done: number, total: number) => void

/** The text that names an event, as our bot derives it from Telegram's update: ours stores a hash of it. */
export const eventIdOf = (number: number, kind: number) => `u${700_000_000 + number}:${kinds[kind]}`

export function csvFile(folder: string, table: TableName): string {
  return join(folder, `${table}.csv`)
}

/** Writes lines by the megabyte. */
function writeLines(path: string, count: number, lineOf: (index: number) => string): void {
  const file = openSync(path, 'w')
  let text = ''
  for (let index = 0; index < count; index++) {
    text += lineOf(index)
    if (text.length < 2 ** 20) continue
    writeSync(file, text)
    text = ''
  }
  writeSync(file, text)
  closeSync(file)
}

const quoted = (json: string | null) => (json === null ? '' : `"${json.replaceAll('"', '""')}"`)
const instant = (at: number) => (at === 0 ? '' : at)

/** The history as files that DuckDB and PostgreSQL load, in the columns of `tables.ts`. */
export function writeCsv(folder: string, history: History, onProgress: OnProgress): void {
  const { people, events, invoices } = history
  writeLines(csvFile(folder, 'users'), people.count, (index) => {
    const uid = index + 1
    const { createdAt, lastActiveAt, language, source, tier, plan, variant, credits } = attributesOf(
      people,
      uid,
    )
    return `${uid},${createdAt},${lastActiveAt},${language},${source},${tier},${plan},${variant},${credits},${usernameOf(uid)}\n`
  })
  writeLines(csvFile(folder, 'payments'), invoices.length, (index) => {
    const invoice = invoices[index]
    if (!invoice) return ''
    const { uid, invoicedAt, paidAt, refundedAt } = invoice
    const { id, amount } = offerOf(invoice)
    const status = refundedAt > 0 ? 'refunded' : paidAt > 0 ? 'completed' : 'open'
    return `${index + 1},${uid},${id},${status},${amount},XTR,${invoicedAt},${instant(paidAt)},${instant(refundedAt)}\n`
  })
  writeLines(csvFile(folder, 'events'), events.count, (index) => {
    if (index % 10_000 === 0) onProgress(index, events.count)
    const kind = events.kind[index] ?? 0
    const props = quoted(propertiesOf(kind, events.detail[index] ?? 0, invoices))
    const activity = kindIsActivity[kind] ? 1 : 0
    return `${index + 1},${eventIdOf(index + 1, kind)},${events.uid[index]},${kinds[kind]},${events.at[index]},${activity},${props}\n`
  })
}
