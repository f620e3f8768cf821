import type { Db } from '@botdeck/shared/db/db'
import { openDb } from '@botdeck/shared/db/open'
import { stats } from '../../src/stats/registry.ts'
import type { StatName, StatParams } from '../../src/stats/requests.ts'
import { withView } from '../../src/stats/view.ts'
import { now } from '../dataset/calendar.ts'

/** Ours, asked on this thread as the server asks: from cells where they have the answer, else by a scan. */
export interface Botdeck {
  db: Db
  /** The answer as the JSON text that would be sent. */
  ask(stat: StatName, params: StatParams[StatName]): Promise<string>
  close(): Promise<void>
}

export function openBotdeck(path: string): Botdeck {
  const db = openDb(path, { readonly: true })
  async function answer<N extends StatName>(name: N, params: StatParams[N]): Promise<string> {
    return withView(db, { now, weekStart: params.weekStart }, async (view) => {
      const ready = await stats[name].fromCells(view, params)
      return JSON.stringify(ready ?? (await stats[name].scan(view, params)))
    })
  }
  return { db, ask: (stat, params) => answer(stat, params as never), close: () => db.close() }
}
