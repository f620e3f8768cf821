import type { PeopleParams, StatName, StatParams } from './requests.ts'
import type { View } from './view.ts'

/** One stat: its answer, and the people behind each of its figures. */
export interface Stat<N extends StatName> {
  /**
   * The answer from cells alone, fast enough for the thread that serves people; null where the request needs a scan.
   * It must equal what the scan would answer.
   */
  fromCells(view: View, params: StatParams[N]): Promise<object | null>
  /** The answer from rows; for a scanning thread. */
  scan(view: View, params: StatParams[N]): Promise<object>
  /** Everybody counted in one figure; for a scanning thread. */
  people(view: View, params: PeopleParams[N]): Promise<ReadonlySet<number>>
}
