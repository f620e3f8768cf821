import { eventTypeNames } from '@botdeck/shared/actions/event-types'
import { RetentionParams } from '@botdeck/shared/contract/stats/retention'
import type { Db } from '@botdeck/shared/db/db'
import { onBothEngines } from '@botdeck/shared/testing/engines'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { historyNow as now, randomHistory, writeHistory } from '../testing/histories.ts'
import { ask } from '../testing/stats.ts'

/*
 * The plainest way to count: every event, its local date from Intl, sets of people. It shares nothing with the stats.
 */

interface Person {
  first: string | undefined
  active: Set<string>
}

function localDate(zone: string): (ms: number) => string {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' })
  return (ms) => format.format(ms)
}

function shifted(date: string, days: number): string {
  return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10)
}

/** Everybody who is no staff, with their dates. */
async function readPeople(db: Db, zone: string): Promise<Person[]> {
  const dateOf = localDate(zone)
  const types = await eventTypeNames(db)
  const people = new Map<number, Person>()
  for (const { uid, staff } of await db.orm.select().from(db.t.users))
    if (!staff) people.set(uid, { first: undefined, active: new Set() })
  for (const event of await db.orm.select().from(db.t.events)) {
    const person = people.get(event.uid)
    if (!person || types.get(event.type) === 'audience_changed') continue
    const date = dateOf(event.at)
    if (person.first === undefined || date < person.first) person.first = date
    if (event.activity) person.active.add(date)
  }
  return [...people.values()]
}

const count = (people: readonly Person[], fits: (person: Person) => boolean) => people.filter(fits).length

function within(person: Person, date: string, days: number): boolean {
  return Array.from({ length: days }, (_, back) => shifted(date, -back)).some((day) => person.active.has(day))
}

const seeded = { numRuns: 6, seed: 7 }

onBothEngines('stats beside a plain count', (test) => {
  it('have the same people active and new on each day', async () => {
    await fc.assert(
      fc.asyncProperty(randomHistory, async (history) => {
        await writeHistory(test.db, history, 'arrival')
        const people = await readPeople(test.db, history.zone)
        const params = { from: '2026-03-08', to: '2026-04-20' }
        const { points } = await ask(test.db, 'activity', { params, now })
        expect(points.length).toBe(44)
        for (const { start, dau, wau, mau, newUsers } of points)
          expect([start, dau, wau, mau, newUsers]).toEqual([
            start,
            count(people, ({ active }) => active.has(start)),
            count(people, (person) => within(person, start, 7)),
            count(people, (person) => within(person, start, 30)),
            count(people, ({ first }) => first === start),
          ])
      }),
      seeded,
    )
  })

  it('have the same people return to their first day', async () => {
    await fc.assert(
      fc.asyncProperty(randomHistory, async (history) => {
        await writeHistory(test.db, history, 'arrival')
        const people = await readPeople(test.db, history.zone)
        const params = RetentionParams.parse({ from: '2026-03-20', period: 'day', cohorts: 25, periods: 9 })
        const { cohorts } = await ask(test.db, 'retention', { params, now })
        for (const { start, cells } of cohorts) {
          const cohort = people.filter(({ active }) => [...active].sort()[0] === start)
          const counts = cells.map((_: unknown, k: number) =>
            count(cohort, ({ active }) => active.has(shifted(start, k))),
          )
          expect([start, ...cells.map(({ users }: { users: number }) => users)]).toEqual([start, ...counts])
        }
      }),
      seeded,
    )
  })
})
