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
/** Rows that are objects at once: few enough to be forgotten cheaply. */
const pageRows = 10_000

/** Reads rows of events. */
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
    const cells = new Map<number, CellBuilder>()
    const values = new SliceValues()
    let last = after
    for (let left = limit; left > 0; ) {
      const rows = await db.all<Row>(sql`
        select id, uid, at, type, activity, props from events
        where id > ${last} and id <= ${upTo} order by id limit ${Math.min(left, pageRows)}`)
      for (const row of rows) this.#add(row, cells, values)
      last = rows.at(-1)?.id ?? last
      left = rows.length < pageRows ? 0 : left - rows.length
    }
    return last === after ? null : { cells: [...cells.values()], values, last }
  }

  #add(row: Row, cells: Map<number, CellBuilder>, values: SliceValues): void {
    const day = Math.floor(row.at / dayMs)
    const key = day * mostTypes + row.type
    let cell = cells.get(key)
    if (!cell) {
      cell = new CellBuilder({ day, type: row.type, keys: this.#keys.get(row.type) ?? [], values })
      cells.set(key, cell)
    }
    cell.add(row, day * dayMs)
  }
}
