import { eventTypeNames } from '@botdeck/shared/actions/event-types'
import { FunnelParams, FunnelPeopleParams } from '@botdeck/shared/contract/stats/funnel'
import type { Db } from '@botdeck/shared/db/db'
import { type FunnelMatch, matchFunnel } from '@botdeck/shared/domain/funnel'
import type { FunnelEvent, FunnelOptions } from '@botdeck/shared/domain/funnel-definition'
import { windowLength } from '@botdeck/shared/domain/funnel-rules'
import { parseRange } from '@botdeck/shared/domain/range'
import { zoneClock } from '@botdeck/shared/domain/zone-clock'
import { onBothEngines } from '@botdeck/shared/testing/engines'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { historyNow as now, type RandomHistory, randomHistory, writeHistory } from '../testing/histories.ts'
import { ask, askPage } from '../testing/stats.ts'

/*
 * Funnels of random histories beside the plain reference, person by person over rows of `events`: what each report says,
 * and that each of its figures has a list as long as its number.
 */

const started = { event: 'started' }
const viewed = { event: 'effect_viewed' }
const done = { event: ['generation_succeeded', 'generation_failed'] }
const range = { from: '2026-03-08', to: '2026-04-20' }
const exclusions = [{ event: 'bot_blocked', fromStep: 0, toStep: 1 }, { event: 'invoice_sent' }]
const odd = [{ scope: 'event', key: 'number', op: 'ge', value: 12 }]

const questions = [
  { steps: [started, viewed, { event: null }] },
  { steps: [started, viewed, done], exclusions, window: { value: 30, unit: 'hour' } },
  { steps: [started, viewed], order: 'strict', exclusions },
  { steps: [viewed, viewed, { event: null, where: odd }], order: 'strict' },
  { steps: [started, viewed, done], order: 'unordered', exclusions: [{ event: 'bot_blocked' }] },
  { steps: [{ event: null }, viewed, viewed], where: odd, window: { value: 2, unit: 'week' } },
].map((question) => FunnelParams.parse({ ...range, ...question }))
type Question = (typeof questions)[number]

/** The events of everybody who is no staff, by person, as rows have them. */
async function readPeople(db: Db): Promise<FunnelEvent[][]> {
  const names = await eventTypeNames(db)
  const staff = new Set<number>()
  for (const user of await db.orm.select().from(db.t.users)) if (user.staff) staff.add(user.uid)
  const people = new Map<number, FunnelEvent[]>()
  for (const row of await db.orm.select().from(db.t.events)) {
    const type = names.get(row.type) ?? ''
    if (staff.has(row.uid)) continue
    const events = people.get(row.uid) ?? []
    events.push({ at: row.at, type, activity: row.activity, props: row.props ?? {} })
    people.set(row.uid, events)
  }
  return [...people.values()]
}

function passes({ where = [] }: Question, { props }: FunnelEvent): boolean {
  return where.every(() => typeof props.number === 'number' && props.number >= 12)
}

function optionsOf(question: Question, { zone }: RandomHistory): FunnelOptions {
  const asked = parseRange(range, zone)
  if ('fault' in asked) throw new Error(asked.message)
  return { ...question, windowMs: windowLength(question.window), from: asked.from, to: asked.to, now }
}

function matchesOf(people: FunnelEvent[][], question: Question, options: FunnelOptions): FunnelMatch[] {
  return people.flatMap((events) => {
    const match = matchFunnel(
      events.filter((event) => passes(question, event)),
      options,
    )
    return match ? [match] : []
  })
}

const count = (matches: readonly FunnelMatch[], fits: (match: FunnelMatch) => boolean) =>
  matches.filter(fits).length

const seeded = { numRuns: 3, seed: 11 }

onBothEngines('funnels of any history', (test) => {
  const total = async (params: object) => {
    const page = await askPage(test.db, 'funnel', { params: FunnelPeopleParams.parse(params), now })
    expect(page.users.length).toBe(page.total)
    return page.total
  }
  const forEach = (work: (history: RandomHistory) => Promise<void>) =>
    fc.assert(
      fc.asyncProperty(randomHistory, async (history) => {
        await writeHistory(test.db, history, 'arrival')
        await work(history)
      }),
      seeded,
    )

  it('have the steps of the plain reference, and as many people as they list', async () => {
    await forEach(async (history) => {
      const people = await readPeople(test.db)
      for (const question of questions) {
        const matches = matchesOf(people, question, optionsOf(question, history))
        const { steps, conversion } = await ask(test.db, 'funnel', { params: question, now })
        const last = question.steps.length
        for (const [step, { users, lost, open, averageSeconds }] of steps.entries()) {
          const stopped = matches.filter(({ reached }) => step > 0 && reached === step)
          expect([users, lost, open]).toEqual([
            count(matches, ({ reached }) => reached > step),
            count(stopped, (match) => !match.open),
            count(stopped, (match) => match.open),
          ])
          expect(await total({ ...question, step })).toBe(users)
          if (step === 0) continue
          expect(await total({ ...question, step, which: 'lost' })).toBe(lost)
          expect(await total({ ...question, step, which: 'open' })).toBe(open)
          const taken = matches.flatMap(({ times: { [step - 1]: from = 0, [step]: to } }) =>
            to === undefined ? [] : [to - from],
          )
          const mean = taken.reduce((sum, ms) => sum + ms, 0) / 1000 / taken.length
          if (taken.length > 0) expect(averageSeconds).toBeCloseTo(mean, 6)
          else expect(averageSeconds).toBe(null)
        }
        expect(conversion.users).toBe(count(matches, ({ reached }) => reached === last))
        expect(conversion.open).toBe(count(matches, ({ open }) => open))
      }
    })
  })

  it('have the trend of the plain reference asked period by period', async () => {
    await forEach(async (history) => {
      const clock = zoneClock(history.zone, history.weekStart)
      const people = await readPeople(test.db)
      for (const question of questions.slice(0, 5))
        for (const interval of ['day', 'week'] as const) {
          const options = optionsOf(question, history)
          const trend = FunnelParams.parse({ ...question, report: 'trend', interval, toStep: 1 })
          const { points } = await ask(test.db, 'funnel', { params: trend, now })
          for (const { start, startsAt, entered, converted, complete } of points.slice(-3)) {
            const index = clock.periodIndex(Date.parse(startsAt), interval)
            const end = clock.periodStart(index + 1, interval)
            const period = {
              from: Math.max(options.from, Date.parse(startsAt)),
              to: Math.min(options.to, end),
            }
            const matches = matchesOf(people, question, { ...options, ...period })
            expect([start, entered, converted]).toEqual([
              start,
              matches.length,
              count(matches, ({ reached }) => reached > 1),
            ])
            const whole = period.from === Date.parse(startsAt) && period.to === end
            if (complete) expect(whole && end <= now && !matches.some(({ open }) => open)).toBe(true)
            const asked = { ...trend, start: startsAt }
            expect(await total(asked)).toBe(entered)
            expect(await total({ ...asked, which: 'converted' })).toBe(converted)
          }
        }
    })
  })

  it('have breakdowns whose rows sum to the whole and list their people', async () => {
    await forEach(async () => {
      for (const question of questions) {
        const breakdown = { scope: 'event', key: 'number', limit: 2 }
        const params = FunnelParams.parse({ ...question, breakdown })
        const { steps, breakdown: rows } = await ask(test.db, 'funnel', { params, now })
        for (const [step, whole] of steps.entries())
          for (const figure of ['users', 'lost', 'open'])
            expect(
              rows.reduce(
                (sum: number, row: { steps: Record<string, number>[] }) =>
                  sum + (row.steps[step]?.[figure] ?? 0),
                0,
              ),
            ).toBe(whole[figure])
        for (const row of rows) {
          const line = row.other ? { other: true } : { breakdownValue: row.value }
          for (const [step, { users }] of row.steps.entries())
            expect(await total({ ...params, ...line, step })).toBe(users)
        }
        const shown = rows.flatMap((row: { value?: string | null; steps: { users: number }[] }) =>
          typeof row.value === 'string' ? [row.steps[0]?.users ?? 0] : [],
        )
        expect(shown).toEqual([...shown].sort((a: number, b: number) => b - a))
      }
    })
  })
})
