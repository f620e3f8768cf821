import type { ColumnName } from '../people/column-sources.ts'
import { type PeopleTable, peopleTable } from '../people/people-table.ts'
import type { Audience } from './filters.ts'
import type { View } from './view.ts'

/** What a person's row and the roll-up say of them now. Instants in ms. */
export interface PersonRow {
  uid: number
  source: string | null
  lastSource: string | null
  /** Pictures that succeeded. */
  generations: number
  /** Payments that succeeded, refunded or not. */
  purchases: number
  firstSeenAt: number | null
  firstActiveAt: number | null
}

const columns: ColumnName[] = [
  'tier',
  'source',
  'lastSource',
  'generations',
  'purchases',
  'firstSeenAt',
  'firstActiveAt',
]

function rowOf(table: PeopleTable, uid: number): PersonRow {
  const text = (name: ColumnName) => {
    const value = table.column(name).of(uid)
    return typeof value === 'string' ? value : null
  }
  const instant = (name: ColumnName) => {
    const at = table.numbers(name).numberOf(uid)
    return Number.isNaN(at) ? null : at
  }
  return {
    uid,
    source: text('source'),
    lastSource: text('lastSource'),
    generations: table.numbers('generations').numberOf(uid),
    purchases: table.numbers('purchases').numberOf(uid),
    firstSeenAt: instant('firstSeenAt'),
    firstActiveAt: instant('firstActiveAt'),
  }
}

/** Everybody counted, by uid. */
export async function readPeople(view: View, audience: Audience): Promise<PersonRow[]> {
  const table = await peopleTable(view, columns)
  const people: PersonRow[] = []
  for (let uid = 0; uid < table.people; uid++)
    // Everybody has a tier; a number without one is nobody's.
    if (audience.has(uid) && table.column('tier').of(uid) !== undefined) people.push(rowOf(table, uid))
  return people
}
