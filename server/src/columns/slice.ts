import { eventTypeNames } from '@botdeck/shared/actions/event-types'
import type { Queryable } from '@botdeck/shared/db/db'
import { columnsOf } from '@botdeck/shared/domain/tracking-plan'
import { sql } from 'drizzle-orm'
import { CellBuilder, type CellEvent } from './cell-builder.ts'
import { dayMs } from './event-chunk.ts'
import { SliceValues } from './slice-values.ts'

interface Row extends CellEvent {
  type: number
}

/** Events of one stretch of ids, taken apart by UTC day and type. */
export interface Slice {
  cells: CellBuilder[]
  values: SliceValues
  /** The highest id of the stretch that there is. */
  last: number
}

const mostTypes = 2 ** 20

/** Reads rows of events; properties only of the types that have columns. */
export class SliceReader {
  readonly #keys: ReadonlyMap<number, readonly string[]>

  private constructor(keys: ReadonlyMap<number, readonly string[]>) {
    this.#keys = keys
  }

  static async open(db: Queryable): Promise<SliceReader> {
    const names = await eventTypeNames(db)
    const keys = [...names].map(([type, name]) => [type, columnsOf(name)] as const)
    return new SliceReader(new Map(keys.filter(([, columns]) => columns.length > 0)))
  }

  /** The events above `after`, up to `upTo`, at most `limit` of them; null where there are none. */
  async read(
    db: Queryable,
    { after, upTo, limit }: { after: number; upTo: number; limit: number },
  ): Promise<Slice | null> {
    const rows = await db.all<Row>(sql`
      select id, uid, at, type, activity, case when type in ${[...this.#keys.keys()]} then props end as props
      from events where id > ${after} and id <= ${upTo} order by id limit ${limit}`)
    const last = rows.at(-1)?.id
    return last === undefined ? null : { ...this.#split(rows), last }
  }

  #split(rows: readonly Row[]): Pick<Slice, 'cells' | 'values'> {
    const cells = new Map<number, CellBuilder>()
    const values = new SliceValues()
    for (const row of rows) {
      const day = Math.floor(row.at / dayMs)
      const key = day * mostTypes + row.type
      let cell = cells.get(key)
      if (!cell) {
        cell = new CellBuilder({ day, type: row.type, keys: this.#keys.get(row.type) ?? [], values })
        cells.set(key, cell)
      }
      cell.add(row, day * dayMs)
    }
    return { cells: [...cells.values()], values }
  }
}
