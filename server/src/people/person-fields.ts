import type { View } from '../stats/view.ts'
import { type ColumnName, ownColumn } from './column-sources.ts'
import type { PeopleTable } from './people-table.ts'
import { passingNumbers, type ValueTest } from './person-column.ts'

/** What a condition of scope `user` compares, for everybody at once. */
export interface PersonField {
  /** The field of one person; undefined where it is unknown. */
  of(uid: number): unknown
  /** 1 for each uid whose field passes. */
  passing(test: ValueTest): Uint8Array
}

const plain = [
  'language',
  'source',
  'lastSource',
  'tier',
  'credits',
  'purchases',
  'generations',
  'id',
  'username',
  'firstName',
] as const satisfies ColumnName[]
type Plain = (typeof plain)[number]
const isPlain = (key: string): key is Plain => (plain as readonly string[]).includes(key)

/** The columns that a field is made from: a key that names none of the built-in ones is a property of people's own. */
export function columnsOfField(key: string): readonly ColumnName[] {
  if (isPlain(key) || key === 'blocked') return [key]
  if (key === 'referredBy') return ['referrer', 'id']
  if (key === 'daysSinceFirstSeen') return ['firstSeenAt']
  if (key === 'daysSinceActive') return ['firstSeenAt', 'lastActiveAt']
  return [ownColumn(key)]
}

function numberField(table: PeopleTable, numberOf: (uid: number) => number): PersonField {
  return {
    of(uid) {
      const number = numberOf(uid)
      return Number.isNaN(number) ? undefined : number
    },
    passing: (test) => passingNumbers(table.people, numberOf, test),
  }
}

/** Local days since an instant, today 0. */
function daysField(view: View, table: PeopleTable, instantOf: (uid: number) => number): PersonField {
  const { clock, asOf } = view
  const today = clock.dayOf(asOf)
  return numberField(table, (uid) => {
    const at = instantOf(uid)
    return Number.isNaN(at) ? at : today - clock.dayOf(at)
  })
}

function columnField(table: PeopleTable, name: ColumnName): PersonField {
  const column = table.column(name)
  return { of: (uid) => column.of(uid), passing: (test) => column.passing(table.people, test) }
}

/** A field of people whose columns, those of `columnsOfField`, were prepared. */
export function personField(view: View, table: PeopleTable, key: string): PersonField {
  if (isPlain(key)) return columnField(table, key)
  if (key === 'blocked') {
    const column = table.column(key)
    return {
      of: (uid) => column.of(uid) === 1,
      passing: (test) => column.passing(table.people, (value) => test(value === 1)),
    }
  }
  if (key === 'referredBy') {
    const [referrer, id] = [table.numbers('referrer'), table.numbers('id')]
    return numberField(table, (uid) => id.numberOf(referrer.numberOf(uid)))
  }
  if (key === 'daysSinceFirstSeen') {
    const seen = table.numbers('firstSeenAt')
    return daysField(view, table, (uid) => seen.numberOf(uid))
  }
  if (key === 'daysSinceActive') {
    const seen = table.numbers('firstSeenAt')
    const active = table.numbers('lastActiveAt')
    return daysField(view, table, (uid) => {
      const at = active.numberOf(uid)
      return Number.isNaN(at) ? seen.numberOf(uid) : at
    })
  }
  return columnField(table, ownColumn(key))
}
