import type { Step } from '@botdeck/shared/domain/conditions'
import { forEachStickiness } from '@botdeck/shared/domain/stickiness'
import { forEachPerson } from '../events/scan.ts'
import { audienceOf } from './audience.ts'
import { type PeriodPlan, periodPlan } from './period-plan.ts'
import type { StatParams } from './requests.ts'
import type { Stat } from './stat.ts'
import { Counts, Members, type Tally } from './tally.ts'
import { answered, type View } from './view.ts'

type Params = StatParams['stickiness']

const anyActivity: Step = { event: null }

/** Reports everybody with the event: by the number of periods they did it in. */
async function evaluate(view: View, params: Params, to: { plan: PeriodPlan; tally: Tally }): Promise<void> {
  const { plan, tally } = to
  const { table, from, to: end } = plan
  const steps = [params.event ?? anyActivity]
  const audience = await audienceOf(view, params, steps)
  const query = { steps, where: params.where, from, to: end, audience, anyTieOrder: true }
  await forEachPerson(view, query, (person) => {
    let distinct = 0
    let last = -1
    for (let index = person.start; index < person.end; index++) {
      // @NOTE The index lies inside.
      const place = table.placeOf(person.at[index] as number)
      if (place !== last) distinct += 1
      last = place
    }
    forEachStickiness(distinct, (which, periods) => tally.add(which, periods, person.uid))
  })
}

/**
 * In how many calendar periods of the range people did the event: exactly n, and n or more. Periods at the edges count
 * what lies in the range; those not begun are left out.
 */
export const stickinessStat: Stat<'stickiness'> = {
  async fromCells() {
    return null
  },
  async scan(view, params) {
    const plan = periodPlan(view, params)
    const counts = new Counts()
    await evaluate(view, params, { plan, tally: counts })
    const column = (which: string) =>
      plan.points.map((_, index) => ({ periods: index + 1, users: counts.of(which, index + 1) }))
    return {
      ...answered(view),
      totalUsers: counts.of('atLeast', 1),
      exactly: column('exactly'),
      atLeast: column('atLeast'),
      complete: plan.points.every(({ complete }) => complete),
    }
  },
  async people(view, params) {
    const members = new Members((figure, index) => figure === params.which && index === params.periods)
    await evaluate(view, params, { plan: periodPlan(view, params), tally: members })
    return members.uids
  },
}
