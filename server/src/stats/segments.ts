import { savedSegmentsOf } from '@botdeck/shared/actions/saved-segments'
import { rate } from '@botdeck/shared/domain/numbers'
import { isSegmentName, segmentNames } from '@botdeck/shared/domain/segments'
import { tiers } from '@botdeck/shared/domain/tiers'
import { audienceOf } from './audience.ts'
import { refuseEventConditions } from './filters.ts'
import type { PeopleParams, StatParams } from './requests.ts'
import { countSegmentCells, segmentCellsFit } from './segment-cells.ts'
import { inSegment, ofTier, tallySegments } from './segments-scan.ts'
import type { Stat } from './stat.ts'
import { Counts, Members, type Tally } from './tally.ts'
import { answered, type View } from './view.ts'

type Params = StatParams['segments']

async function savedNames(view: View): Promise<string[]> {
  return (await savedSegmentsOf(view.db)).map(({ name }) => name)
}

async function evaluate(view: View, params: Params, to: { saved: string[]; tally: Tally }): Promise<void> {
  refuseEventConditions(params)
  await tallySegments(view, to.saved, { audience: await audienceOf(view, params), tally: to.tally })
}

function answerOf(view: View, counts: Counts, saved: readonly string[]): object {
  const everybody = counts.of('users', 0)
  const shown = (figure: string) => {
    const users = counts.of(figure, 0)
    return { users, share: rate(users, everybody) }
  }
  return {
    ...answered(view),
    users: everybody,
    segments: [...segmentNames, ...saved].map((segment) => ({
      segment,
      builtIn: isSegmentName(segment),
      ...shown(inSegment(segment)),
    })),
    tiers: tiers.map((tier) => ({ tier, ...shown(ofTier(tier)) })),
  }
}

function figureAsked({ segment, tier }: PeopleParams['segments']): string {
  if (segment !== undefined) return inSegment(segment)
  return tier === undefined ? 'users' : ofTier(tier)
}

/**
 * People by built-in and saved segment and by tier, as they are now. A person may be in several segments or in none, and is
 * in one tier. Everybody, where nothing was saved, from `segment_cells`; else from the attributes of people.
 */
export const segmentsStat: Stat<'segments'> = {
  async fromCells(view, params) {
    if ((params.where ?? []).length > 0 || !segmentCellsFit(view)) return null
    if ((await savedNames(view)).length > 0) return null
    return answerOf(view, await countSegmentCells(view, params.includeStaff), [])
  },
  async scan(view, params) {
    const saved = await savedNames(view)
    const counts = new Counts()
    await evaluate(view, params, { saved, tally: counts })
    return answerOf(view, counts, saved)
  },
  async people(view, params) {
    const asked = figureAsked(params)
    const members = new Members((figure) => figure === asked)
    await evaluate(view, params, { saved: await savedNames(view), tally: members })
    return members.uids
  },
}
