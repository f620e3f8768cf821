import { writeSettings } from '@botdeck/shared/actions/settings'
import { openDb } from '@botdeck/shared/db/open'
import { rebuild } from '../../src/rollup/rebuild.ts'
import { renew } from '../../src/rollup/renew.ts'
import { now } from '../dataset/calendar.ts'
import { workCopy } from '../kept/work-copy.ts'
import { type Line, milliseconds, rounded } from '../report.ts'
import { timed } from '../timing.ts'
import { atLarge, type Part, type Stage } from './part.ts'

function lineOf(stage: Stage, what: string, measured: { events: number; ms: number; goal: number }): Line {
  const { events, ms, goal } = measured
  const rate = (events / ms) * 1000
  return {
    what,
    goal: `≥ ${goal / 1e6} M events/s`,
    measured: `${rounded(rate / 1e6)} M events/s: ${milliseconds(ms)}`,
    ok: atLarge(stage, rate >= goal),
  }
}

/** Making the cells anew: from rows, and for another zone. */
export const rebuilding: Part = {
  name: 'rebuild',
  title: 'Rebuild',
  async run(stage) {
    const copy = workCopy(stage.data.botdeck, 'rebuild')
    const db = openDb(copy.path, { sync: 'later' })
    try {
      const rows = await timed(() => rebuild(db, { now: () => now }))
      const events = rows.answer.state.watermark
      await db.transaction((tx) => writeSettings(tx, { timezone: 'Europe/Berlin' }, now))
      const renewal = { db, now: () => now, openReader: () => openDb(copy.path, { readonly: true }) }
      const zone = await timed(() => renew(renewal, rows.answer, 'calendar'))
      return [
        lineOf(stage, 'all cells from rows', { events, ms: rows.ms, goal: 0.5e6 }),
        lineOf(stage, 'all cells for another zone', { events, ms: zone.ms, goal: 5e6 }),
      ]
    } finally {
      await db.close()
      copy.remove()
    }
  },
}
