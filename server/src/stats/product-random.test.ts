import { startExperiment } from '@botdeck/shared/actions/experiments'
import { saveSegment } from '@botdeck/shared/actions/saved-segments'
import { onBothEngines } from '@botdeck/shared/testing/engines'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { historyNow as now, type RandomHistory, randomHistory, writeHistory } from '../testing/histories.ts'
import { ask, askPage, rollUp } from '../testing/stats.ts'
import type { PeopleParams, StatName, StatParams } from './requests.ts'

const month = { from: '2026-03-21', to: '2026-04-20' }
const seeded = { numRuns: 2, seed: 20260421 }
const audiences = [{}, { includeStaff: true }]

/** The answers on the engine that came first, by history. */
const known = new Map<string, unknown>()

interface Row {
  users: number
}

onBothEngines('stats of the product on any history', (test) => {
  const total = async <N extends StatName>(name: N, params: PeopleParams[N]): Promise<number> => {
    const page = await askPage(test.db, name, { params, now })
    expect(page.users.length).toBe(page.total)
    return page.total
  }
  const answer = <N extends StatName>(name: N, params: StatParams[N]) => ask(test.db, name, { params, now })

  async function answers(): Promise<unknown[]> {
    const found: unknown[] = []
    for (const audience of audiences) {
      found.push(await answer('segments', audience), await answer('now', audience))
      found.push(await answer('experiments', audience))
      for (const name of ['effects', 'sources', 'referrals', 'changes'] as const)
        found.push(await answer(name, { ...month, ...audience }))
    }
    return found
  }

  async function write(history: RandomHistory, order: 'arrival' | 'time'): Promise<void> {
    await writeHistory(test.db, history, order)
    await test.db.transaction(async (tx) => {
      await tx.orm.delete(tx.t.experiments)
      await tx.orm.delete(tx.t.savedSegments)
      const goal = { event: 'generation_succeeded' }
      const variants = [
        { name: 'a', share: 1 },
        { name: 'b', share: 1 },
      ]
      const plan = { key: 'x', name: 'x', variants, goal, goalWindow: 86_400_000, sampleSize: 1 }
      await startExperiment(tx, plan, 0)
    })
    await rollUp(test.db, now)
  }

  it('are the same from cells and scans, in any order of arrival, on both engines', async () => {
    await fc.assert(
      fc.asyncProperty(randomHistory, async (history) => {
        await write(history, 'arrival')
        const found = await answers()
        await write(history, 'time')
        expect(await answers()).toEqual(found)
        const key = JSON.stringify(history)
        if (known.has(key)) expect(found).toEqual(known.get(key))
        known.set(key, found)
      }),
      seeded,
    )
  })

  it('have lists as long as their numbers, and parts that make up the whole', async () => {
    await fc.assert(
      fc.asyncProperty(randomHistory, async (history) => {
        await write(history, 'arrival')
        const paying = { scope: 'user' as const, key: 'segment', op: 'eq' as const, value: 'paying' }
        await test.db.transaction((tx) =>
          saveSegment(tx, { name: 'Payers', conditions: [paying], createdBy: 1 }, now),
        )
        for (const audience of audiences) {
          const segments = await answer('segments', audience)
          for (const { segment, users } of segments.segments)
            expect([segment, await total('segments', { cell: 'users', segment, ...audience })]).toEqual([
              segment,
              users,
            ])
          const byTier = segments.tiers.reduce((sum: number, { users }: Row) => sum + users, 0)
          expect(byTier).toBe(segments.users)
          const saved = segments.segments.find(({ segment }: { segment: string }) => segment === 'Payers')
          const builtIn = segments.segments.find(({ segment }: { segment: string }) => segment === 'paying')
          expect(saved.users).toBe(builtIn.users)

          const asked = { ...month, ...audience }
          const effects = await answer('effects', asked)
          expect(effects.total.succeeded + effects.total.failed).toBe(effects.total.uses)
          const uses = effects.effects.reduce((sum: number, row: { uses: number }) => sum + row.uses, 0)
          expect(uses).toBe(effects.total.uses)
          expect(await total('effects', { ...asked, cell: 'users' })).toBe(effects.total.users)

          const sources = await answer('sources', asked)
          for (const rows of [sources.first, sources.last])
            expect(rows.reduce((sum: number, { users }: Row) => sum + users, 0)).toBe(sources.total.users)
          for (const cell of ['users', 'activated', 'payers'] as const)
            expect(await total('sources', { ...asked, touch: 'first', cell })).toBe(sources.total[cell])
          expect(await total('sources', { ...asked, touch: 'last', cell: 'd7' })).toBe(sources.total.d7.users)

          const present = await answer('now', audience)
          for (const cell of ['active5', 'active30'] as const)
            expect(await total('now', { cell, ...audience })).toBe(present[cell])
        }
      }),
      seeded,
    )
  })
})
