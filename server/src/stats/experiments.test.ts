import { changeExperiment, startExperiment } from '@botdeck/shared/actions/experiments'
import { personOf, setTest, upsertPerson } from '@botdeck/shared/actions/people'
import { type NewEvent, track } from '@botdeck/shared/actions/track'
import type { Step } from '@botdeck/shared/domain/conditions'
import { onBothEngines } from '@botdeck/shared/testing/engines'
import { expect, it } from 'vitest'
import { ask, askPage, rollUp } from '../testing/stats.ts'
import type { PeopleParams, StatParams } from './requests.ts'

const now = Date.parse('2026-05-13T12:00:00Z')
const hourMs = 3_600_000
const dayMs = 24 * hourMs
const begun = now - 10 * dayMs
const bought: Step = { event: 'payment_completed' }

onBothEngines('experiments', (test) => {
  const begin = (goal: Step = bought, sampleSize = 30) =>
    test.db.transaction((tx) =>
      startExperiment(
        tx,
        {
          key: 'button',
          name: 'Large button',
          variants: [
            { name: 'control', share: 1 },
            { name: 'large', share: 1 },
          ],
          goal,
          goalWindow: dayMs,
          sampleSize,
        },
        begun,
      ),
    )
  /** Person n by their Telegram id. */
  async function happen(events: (Omit<NewEvent, 'uid'> & { person: number })[]): Promise<void> {
    await test.db.transaction(async (tx) => {
      for (const { person: telegramId, ...event } of events) {
        const { person } = await upsertPerson(tx, { telegramId }, event.at)
        await track(tx, [{ uid: person.uid, ...event }])
      }
    })
    await rollUp(test.db, now)
  }
  const exposed = (person: number, variant: string, at: number, experiment = 'button') => ({
    person,
    type: 'experiment_exposed',
    at,
    props: { experiment, variant },
  })
  const goal = (person: number, at: number) => ({ person, type: 'payment_completed', at })
  const results = async (params: StatParams['experiments'] = {}) =>
    ask(test.db, 'experiments', { params, now })
  const variants = async (params: StatParams['experiments'] = {}) =>
    (await results(params)).experiments[0].variants
  const people = async (params: Partial<PeopleParams['experiments']>) =>
    (
      await askPage(test.db, 'experiments', { params: { key: 'button', cell: 'exposed', ...params }, now })
    ).users.map(({ id }) => id)
  /** Exposed, converted and open of each variant. */
  const counts = async (params: StatParams['experiments'] = {}) =>
    (await variants(params)).map((v: { name: string; exposed: number; converted: number; open: number }) => [
      v.name,
      v.exposed,
      v.converted,
      v.open,
    ])

  it('counts goals from the exposure to the far edge of the window', async () => {
    await begin()
    const at = begun + dayMs
    await happen([
      exposed(1, 'control', at),
      goal(1, at - 1),
      exposed(2, 'control', at),
      goal(2, at),
      exposed(3, 'large', at),
      goal(3, at + dayMs),
      exposed(4, 'large', at),
      goal(4, at + dayMs + 1),
      exposed(5, 'large', now - hourMs),
      goal(6, at),
    ])
    expect(await counts()).toEqual([
      ['control', 2, 1, 0],
      ['large', 3, 1, 1],
    ])
    expect(await people({ cell: 'converted' })).toEqual([3, 2])
    expect(await people({ cell: 'open' })).toEqual([5])
    expect((await people({ variant: 'large' })).sort()).toEqual([3, 4, 5])
    expect((await people({})).length).toBe(5)
  })

  it('keeps people in the variant of their first exposure, whatever arrives first', async () => {
    await begin()
    const at = begun + dayMs
    await happen([
      exposed(1, 'large', at + 5),
      exposed(2, 'control', at, 'other'),
      exposed(1, 'large', at + 9),
    ])
    await happen([exposed(1, 'control', at)])
    expect(await counts()).toEqual([
      ['control', 1, 0, 0],
      ['large', 0, 0, 0],
    ])
  })

  it('takes no exposure for the goal that it itself is', async () => {
    await begin({ event: 'experiment_exposed' })
    const at = begun + dayMs
    await happen([exposed(1, 'control', at), exposed(2, 'large', at), exposed(2, 'large', at + 1)])
    expect(await counts()).toEqual([
      ['control', 1, 0, 0],
      ['large', 1, 1, 0],
    ])
  })

  it('limits the exposures by the range, the end of the experiment and the filters', async () => {
    await begin()
    await happen([
      exposed(1, 'control', begun),
      exposed(2, 'large', now - dayMs),
      exposed(3, 'large', now - hourMs),
    ])
    const day = { from: '2026-05-12', to: '2026-05-12' }
    expect((await counts(day)).map(([, count]: number[]) => count)).toEqual([0, 1])
    const one = { scope: 'user' as const, key: 'id', op: 'eq' as const, value: 1 }
    expect((await counts({ where: [one] })).map(([, count]: number[]) => count)).toEqual([1, 0])
    await test.db.transaction(async (tx) => {
      await changeExperiment(tx, 'button', { ended: true, now: now - 2 * hourMs })
      const [row] = await tx.orm.select().from(tx.t.users)
      await setTest(tx, await personOf(tx, row?.uid ?? 0), true, now)
    })
    await rollUp(test.db, now)
    expect((await counts()).map(([, count]: number[]) => count)).toEqual([0, 1])
    expect((await counts({ includeStaff: true })).map(([, count]: number[]) => count)).toEqual([1, 1])
  })

  it('shows counts alone below 30 exposed, then rates, and the verdict with the planned sample', async () => {
    await begin(bought, 40)
    const at = begun + dayMs
    const arm = (variant: string, first: number, many: number, converted: number) =>
      Array.from({ length: many }, (_, index) => [
        exposed(first + index, variant, at),
        ...(index < converted ? [goal(first + index, at + 1)] : []),
      ]).flat()
    await happen([...arm('control', 100, 39, 4), ...arm('large', 200, 29, 20)])
    const [control, few] = await variants()
    expect(control).toMatchObject({ control: true, rate: 4 / 39, difference: null })
    expect(few).toMatchObject({ exposed: 29, converted: 20, rate: null, pValue: null, verdict: null })
    await happen([...arm('large', 300, 10, 10)])
    const [, early] = await variants()
    expect(early).toMatchObject({ rate: 30 / 39, verdict: null })
    expect(early.difference).toBeCloseTo(26 / 39, 12)
    expect(early.pValue).toBeLessThan(0.001)
    await happen([exposed(400, 'control', at), exposed(401, 'large', at)])
    const { experiments } = await results()
    expect(experiments[0]).toMatchObject({
      sampleReached: true,
      exposed: 80,
      sampleRatio: { chi2: 0, pValue: 1, alarm: false },
    })
    expect(experiments[0].variants[1].verdict).toBe('higher')
  })

  it('checks the sample ratio of exposures from before the plan was written down, too', async () => {
    await begin()
    const early = begun - dayMs
    const group = (first: number, size: number, variant: string) =>
      Array.from({ length: size }, (_, index) => exposed(first + index, variant, early))
    await happen([...group(1, 20, 'control'), ...group(101, 20, 'large')])
    expect((await results()).experiments[0].sampleRatio).toMatchObject({ chi2: 0, pValue: 1, alarm: false })
  })

  it('checks the sample ratio since the shares were changed', async () => {
    await begin()
    const many = (variant: string, first: number, count: number, at: number) =>
      Array.from({ length: count }, (_, index) => exposed(first + index, variant, at))
    await happen([...many('control', 100, 60, begun + dayMs), ...many('large', 200, 10, begun + dayMs)])
    expect((await results()).experiments[0].sampleRatio).toMatchObject({ alarm: true })
    const shares = [
      { name: 'control', share: 1 },
      { name: 'large', share: 3 },
    ]
    await test.db.transaction((tx) =>
      changeExperiment(tx, 'button', { variants: shares, now: begun + 2 * dayMs }),
    )
    await happen([
      ...many('control', 300, 10, begun + 3 * dayMs),
      ...many('large', 400, 30, begun + 3 * dayMs),
    ])
    const { sampleRatio, exposed: all } = (await results()).experiments[0]
    expect([sampleRatio, all]).toEqual([{ chi2: 0, pValue: 1, alarm: false }, 110])
  })

  it('shows a variant that was never planned, without a share', async () => {
    await begin()
    await happen([exposed(1, 'huge', begun + 1)])
    expect(
      (await variants()).map(({ name, share }: { name: string; share: number }) => [name, share]),
    ).toEqual([
      ['control', 1],
      ['large', 1],
      ['huge', 0],
    ])
    expect(await people({ variant: 'huge' })).toEqual([1])
  })

  it('knows no experiment of another key', async () => {
    await begin()
    await rollUp(test.db, now)
    expect((await results()).experiments.length).toBe(1)
    await expect(results({ key: 'other' })).rejects.toMatchObject({ code: 'invalid_params', field: 'key' })
  })
})
