import type { EngineName } from '../engines/engine.ts'
import type { DataSet } from '../kept/data-set.ts'
import type { Line } from '../report.ts'

/** What a part of the bench works on. */
export interface Stage {
  data: DataSet
  /** The small data set, beside which growth is judged; undefined where the run is of a small one itself. */
  small: DataSet | undefined
  /** Whether goals that are set for the large data set count. */
  isLarge: boolean
  /** Engines that are not asked. */
  without: readonly EngineName[]
}

/** One part of the bench, that can be run alone by its name. */
export interface Part {
  name: string
  title: string
  run(stage: Stage): Promise<Line[]>
}

/** A goal for the large data set alone; null elsewhere. */
export function atLarge({ isLarge }: Stage, met: boolean): boolean | null {
  return isLarge ? met : null
}
