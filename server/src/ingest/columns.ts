/*
 * What the schemas allow and the columns do not: PostgreSQL stores no NUL in a text, indexes no text beyond some 2,700
 * bytes, and credits are 32-bit integers there. It is refused on both engines, so that one bad element never fails the transaction of the others.
 */

const texts = [
  'username',
  'firstName',
  'languageCode',
  'source',
  'packageId',
  'effectId',
  'chargeId',
  'invoiceId',
  'method',
  'reason',
  'payload',
]
/** Texts that are looked up by an index. */
const names = ['packageId', 'effectId', 'chargeId', 'invoiceId']
const longestName = 500
const credits = ['credits', 'balance']
const mostCredits = 2 ** 31 - 1

/** What of the fields that have a column does not fit it, beginning with its name; null when everything does. */
export function columnFault(fields: Readonly<Record<string, unknown>>): string | null {
  for (const name of texts) {
    const value = fields[name]
    if (typeof value === 'string' && value.includes('\u0000')) return `${name}: must not contain NUL`
  }
  for (const name of names) {
    const value = fields[name]
    if (typeof value === 'string' && value.length > longestName)
      return `${name}: must have at most ${longestName} characters`
  }
  for (const name of credits) {
    const value = fields[name]
    if (typeof value === 'number' && value > mostCredits) return `${name}: must be at most ${mostCredits}`
  }
  return null
}
