import { type Condition, conditionTest } from '@botdeck/shared/domain/conditions'
import { experimentOfField } from '@botdeck/shared/domain/exposure'
import type { View } from '../stats/view.ts'
import type { ColumnName } from './column-sources.ts'
import { intersect } from './masks.ts'
import { type PeopleTable, peopleTable } from './people-table.ts'
import { columnsOfField, type PersonField, personField } from './person-fields.ts'
import { SegmentMasks } from './segment-masks.ts'
import { variantsOf } from './variants.ts'

const asksForSegment = ({ key }: Condition) => key === 'segment'

async function variantField(view: View, table: PeopleTable, experiment: string): Promise<PersonField> {
  const variants = await variantsOf(view, experiment)
  return { of: (uid) => variants.of(uid), passing: (test) => variants.passing(table.people, test) }
}

/** The fields of everybody that conditions of scope `user` look at, as they are at the view. */
export class PeopleFields {
  readonly #table: PeopleTable
  readonly #fields: ReadonlyMap<string, PersonField>
  readonly #segments: SegmentMasks | null

  private constructor(
    table: PeopleTable,
    fields: ReadonlyMap<string, PersonField>,
    segments: SegmentMasks | null,
  ) {
    this.#table = table
    this.#fields = fields
    this.#segments = segments
    segments?.resolveWith((conditions) => this.passing(conditions))
  }

  /** Reads what the conditions look at; those of other scopes are none of it. `columns` are prepared as well. */
  static async open(
    view: View,
    asked: readonly Condition[],
    columns: readonly ColumnName[] = [],
  ): Promise<PeopleFields> {
    const ofSegments = asked.filter(asksForSegment)
    const segments =
      ofSegments.length > 0 ? await SegmentMasks.open(view.db, ofSegments, view.settings.segments) : null
    const all = [...asked, ...(segments?.conditions ?? [])].filter((condition) => !asksForSegment(condition))
    const keys = [...new Set(all.map(({ key }) => key))]
    const inTable = keys.filter((key) => experimentOfField(key) === undefined)
    const needed = new Set([...columns, ...inTable.flatMap(columnsOfField)])
    const table = await peopleTable(view, [...needed])
    const fields = new Map<string, PersonField>()
    // The table may let go of columns at whatever asks it next, as variants do: fields hold those that they look at.
    for (const key of inTable) fields.set(key, personField(view, table, key))
    for (const key of keys) {
      const experiment = experimentOfField(key)
      if (experiment !== undefined) fields.set(key, await variantField(view, table, experiment))
    }
    return new PeopleFields(table, fields, segments)
  }

  /** One more than the highest uid. */
  get people(): number {
    return this.#table.people
  }

  get table(): PeopleTable {
    return this.#table
  }

  /** A field of one person; undefined for a key that no condition looked at. */
  of(uid: number, key: string): unknown {
    return key === 'segment' ? this.#segments?.of(uid) : this.#fields.get(key)?.of(uid)
  }

  /** 1 for each uid who meets all conditions. */
  passing(conditions: readonly Condition[]): Uint8Array {
    const [first, ...rest] = conditions.map((condition) => this.#passingOne(condition))
    if (!first) return new Uint8Array(this.people).fill(1)
    for (const mask of rest) intersect(first, mask)
    return first
  }

  #passingOne(condition: Condition): Uint8Array {
    if (asksForSegment(condition))
      return this.#segments?.passing(condition, this.people) ?? new Uint8Array(this.people)
    const test = conditionTest(condition.op, condition.value)
    const field = this.#fields.get(condition.key)
    return field?.passing(test) ?? new Uint8Array(this.people).fill(Number(test(undefined)))
  }
}
