import type { View } from '../stats/view.ts'
import type { ColumnName, PeopleTable } from './people-table.ts'
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
] as const satisfies ColumnName[]
type Plain = (typeof plain)[number]
const isPlain = (key: string): key is Plain => (plain as readonly string[]).includes(key)

/** The columns that a built-in field is made from; null for a key that is not one of those held in memory. */
export function columnsOfField(key: string): readonly ColumnName[] | null {
  if (isPlain(key) || key === 'blocked') return [key]
  if (key === 'referredBy') return ['referrer', 'id']
  if (key === 'daysSinceFirstSeen') return ['firstSeenAt']
  if (key === 'daysSinceActive') return ['firstSeenAt', 'lastActiveAt']
  return null
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

/** A field of `columnsOfField`, whose columns were prepared. */
export function builtInField(view: View, table: PeopleTable, key: string): PersonField {
  if (isPlain(key)) {
    const column = table.column(key)
    return { of: (uid) => column.of(uid), passing: (test) => column.passing(table.people, test) }
  }
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
  const seen = table.numbers('firstSeenAt')
  if (key === 'daysSinceFirstSeen') return daysField(view, table, (uid) => seen.numberOf(uid))
  const active = table.numbers('lastActiveAt')
  return daysField(view, table, (uid) => {
    const at = active.numberOf(uid)
    return Number.isNaN(at) ? seen.numberOf(uid) : at
  })
}

/** A field that only some people have. */
export function sparseField(table: PeopleTable, values: ReadonlyMap<number, unknown>): PersonField {
  return {
    of: (uid) => values.get(uid),
    passing(test) {
      const passing = new Uint8Array(table.people).fill(Number(test(undefined)))
      for (const [uid, value] of values) if (uid < passing.length) passing[uid] = Number(test(value))
      return passing
    },
  }
}
