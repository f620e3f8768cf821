import type { PeopleParams, StatName, StatParams } from './requests.ts'

/** The stats as the HTTP routes ask them. Answers are JSON text, ready to be sent. */
export interface StatsService {
  /**
   * A stat at the roll-up's watermark. Throws `invalid_params` with the field at fault, and `timeout` where a scan takes
   * longer than its limit.
   */
  answer<N extends StatName>(name: N, params: StatParams[N]): Promise<string>
  /** A page of the people behind one figure of a stat (`UserPage`); throws as `answer` does. */
  people<N extends StatName>(name: N, params: PeopleParams[N]): Promise<string>
  health(): StatsHealth
  close(): Promise<void>
}

/** What the health page says of the scanning threads. */
export interface StatsHealth {
  threads: number
  /** Scans that wait for a thread. */
  waiting: number
  /** Scans ended at their limit since the start. */
  timeouts: number
}
