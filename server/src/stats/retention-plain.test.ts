import { eventTypeNames } from '@botdeck/shared/actions/event-types'
import { RetentionParams, RetentionPeopleParams } from '@botdeck/shared/contract/stats/retention'
import type { Db } from '@botdeck/shared/db/db'
import { bucketOf } from '@botdeck/shared/domain/calendar'
import { matchesEvent, type Step } from '@botdeck/shared/domain/conditions'
import type { FunnelEvent } from '@botdeck/shared/domain/funnel-definition'
import { parseInstant } from '@botdeck/shared/domain/range'
import { onBothEngines } from '@botdeck/shared/testing/engines'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { historyNow as now, type RandomHistory, randomHistory, writeHistory } from '../testing/histories.ts'
import { ask, askPage } from '../testing/stats.ts'

/*
 * Retention of random histories beside the definition taken literally: for each row and column, who started in the one
 * period and returned in the other, from rows of `events` and the calendar alone; and each list as long as its number.
 */

const started = { event: 'started' }
const viewed = { event: 'effect_viewed' }
const odd = [{ scope: 'event', key: 'number', op: 'ge', value: 12 }]
const weeks = { from: '2026-03-10', period: 'week', cohorts: 6, periods: 5 }
const days = { from: '2026-04-12', period: 'day', cohorts: 9, periods: 9 }

const questions = [
  days,
  { ...days, start: 'recurring', mode: 'on_or_after' },
  { ...days, startEvent: started, returnEvent: { event: null, where: odd }, reference: 'previous' },
  { ...days, where: odd, start: 'recurring' },
  { ...weeks, startEvent: viewed, returnEvent: viewed, weekStart: 'sunday' },
  { ...weeks, mode: 'on_or_after', returnEvent: started },
  { ...weeks, period: 'month', cohorts: 2, periods: 2, startEvent: started, start: 'recurring' },
  { ...days, from: '2026-04-19T20:00', period: 'hour', startEvent: viewed, periods: 12, mode: 'on_or_after' },
  { ...days, from: '2026-03-29T00:30', period: 'hour', start: 'recurring', periods: 12 },
].map((question) => RetentionParams.parse(question))
type Question = (typeof questions)[number]

async function readPeople(db: Db): Promise<FunnelEvent[][]> {
  const names = await eventTypeNames(db)
  const staff = new Set<number>()
  for (const user of await db.orm.select().from(db.t.users)) if (user.staff) staff.add(user.uid)
  const people = new Map<number, FunnelEvent[]>()
  for (const { uid, at, type, activity, props } of await db.orm.select().from(db.t.events)) {
    if (staff.has(uid)) continue
    const events = people.get(uid) ?? []
    events.push({ at, type: names.get(type) ?? '', activity, props: props ?? {} })
    people.set(uid, events)
  }
  return [...people.values()]
}

/** The bounds of the periods from the first row to the last cell of the last row. */
function periodsOf(question: Question, { zone, weekStart }: RandomHistory) {
  const { from, period, cohorts, periods } = question
  let at = parseInstant(from, zone) ?? Number.NaN
  return Array.from({ length: cohorts + periods - 1 }, () => {
    const bucket = bucketOf(at, zone, period, question.weekStart ?? weekStart)
    at = bucket.end
    return bucket
  })
}

/** Whether a person is of cohort `row`, and came back `k` periods later. */
function counts(person: FunnelEvent[], question: Question, asked: { periods: ReturnType<typeof periodsOf> }) {
  const any: Step = { event: null }
  const considered = person.filter(({ props }) => !question.where || Number(props.number) >= 12)
  const timesOf = (step: Step | undefined) =>
    considered.filter((event) => matchesEvent(step ?? any, event)).map(({ at }) => at)
  const all = timesOf(question.startEvent)
  const starts = question.start === 'recurring' ? all : all.filter((at) => at === Math.min(...all))
  const returns = timesOf(question.returnEvent)
  return (row: number, k: number) => {
    const cohort = asked.periods[row]
    const later = asked.periods[row + k]
    if (!cohort || !later || !starts.some((at) => at >= cohort.start && at < cohort.end)) return false
    const until = question.mode === 'on' ? later.end : Number.POSITIVE_INFINITY
    return k === 0 || returns.some((at) => at >= later.start && at < until)
  }
}

onBothEngines('retention of any history', (test) => {
  const total = async (params: object) => {
    const page = await askPage(test.db, 'retention', { params: RetentionPeopleParams.parse(params), now })
    expect(page.users.length).toBe(page.total)
    return page.total
  }

  it('is what the definition says, and lists as many people as it counts', async () => {
    await fc.assert(
      fc.asyncProperty(randomHistory, async (history) => {
        await writeHistory(test.db, history, 'arrival')
        const people = await readPeople(test.db)
        for (const question of questions) {
          const periods = periodsOf(question, history)
          const tests = people.map((person) => counts(person, question, { periods }))
          const count = (row: number, k: number) => tests.filter((test) => test(row, k)).length
          const { cohorts, overall } = await ask(test.db, 'retention', { params: question, now })
          const begun = periods.slice(0, question.cohorts).filter(({ start }) => start <= now)
          expect(cohorts.map(({ startsAt }: { startsAt: string }) => Date.parse(startsAt))).toEqual(
            begun.map(({ start }) => start),
          )
          const sums = overall.map(() => ({ users: 0, size: 0 }))
          for (const [row, { start, size, cells }] of cohorts.entries()) {
            expect([start, size]).toEqual([periods[row]?.label, count(row, 0)])
            const later = periods.slice(row, row + question.periods).filter((period) => period.start <= now)
            expect(cells.length).toBe(later.length)
            for (const [k, { users, rate, complete }] of cells.entries()) {
              expect(users).toBe(count(row, k))
              const base = count(row, question.reference === 'previous' && k > 0 ? k - 1 : 0)
              expect(rate).toBe(base === 0 ? null : users / base)
              expect(complete).toBe((later[k]?.end ?? 0) <= now)
              if (complete) {
                sums[k].users += users
                sums[k].size += base
              }
              if ((row + k) % 3 === 0)
                expect(await total({ ...question, cohort: row, interval: k })).toBe(users)
            }
          }
          for (const [k, { users, size, rate }] of overall.entries()) {
            expect({ users, size }).toEqual(sums[k])
            expect(rate).toBe(size === 0 ? null : users / size)
            if (question.start === 'first_time') expect(await total({ ...question, interval: k })).toBe(users)
          }
        }
      }),
      { numRuns: 2, seed: 17 },
    )
  })
})
