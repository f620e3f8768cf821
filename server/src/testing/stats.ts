import type { Db } from '@botdeck/shared/db/db'
import { blueprintName } from '@botdeck/shared/testing/blueprint'
import { expect } from 'vitest'
import { openEngine } from '../rollup/engine.ts'
import { flush } from '../rollup/flush.ts'
import { rebuild } from '../rollup/rebuild.ts'
import { pageOf } from '../stats/page.ts'
import { stats } from '../stats/registry.ts'
import type { PeopleParams, StatName, StatParams } from '../stats/requests.ts'
import { withView } from '../stats/view.ts'

/*
 * How the tests of the stats ask them: on the thread of the test, at an instant of their own.
 */

/** What a test states of an answer, whatever its shape. */
// biome-ignore lint/suspicious/noExplicitAny: each test knows the stat that it asks
type Answer = any

/** Takes all events into the cells, as the roll-up thread does. */
export async function rollUp(db: Db, now: number): Promise<void> {
  const clock = () => now
  const engine = (await openEngine(db)) ?? (await rebuild(db, { now: clock }))
  for (let events = 1; events > 0; ) events = await flush(db, engine, { now: clock })
}

/** A stat's answer as JSON has it. Where cells answer it too, both answers must be the same. */
export async function ask<N extends StatName>(
  db: Db,
  name: N,
  asked: { params: StatParams[N]; now: number },
): Promise<Answer> {
  const { params, now } = asked
  return withView(db, { now, weekStart: params.weekStart }, async (view) => {
    const scanned: unknown = JSON.parse(JSON.stringify(await stats[name].scan(view, params)))
    const ready = await stats[name].fromCells(view, params)
    if (ready) expect(JSON.parse(JSON.stringify(ready))).toEqual(scanned)
    return scanned
  })
}

/** Whether a stat answers from cells alone. */
export async function isFromCells<N extends StatName>(
  db: Db,
  name: N,
  asked: { params: StatParams[N]; now: number },
): Promise<boolean> {
  const { params, now } = asked
  return withView(
    db,
    { now, weekStart: params.weekStart },
    async (view) => (await stats[name].fromCells(view, params)) !== null,
  )
}

/** One page of the people behind a figure. */
export async function askPage<N extends StatName>(
  db: Db,
  name: N,
  asked: { params: PeopleParams[N]; now: number },
) {
  const { params, now } = asked
  return withView(db, { now, weekStart: params.weekStart }, async (view) =>
    pageOf(view, await stats[name].people(view, params), params),
  )
}

/** The names of the blueprint's people behind a figure, in the order of the list; `total` is checked on the way. */
export async function askNames<N extends StatName>(
  db: Db,
  name: N,
  asked: { params: PeopleParams[N]; now: number },
): Promise<string> {
  const { total, users, nextCursor } = await askPage(db, name, asked)
  expect(nextCursor).toBe(null)
  expect(users.length).toBe(total)
  return users.map(({ id }) => blueprintName(id)).join(' ')
}
