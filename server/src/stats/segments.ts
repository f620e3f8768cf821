import { savedSegmentsOf } from '@botdeck/shared/actions/saved-segments'
import { rate } from '@botdeck/shared/domain/numbers'
import { segmentMembership } from '@botdeck/shared/domain/saved-segments'
import { isSegmentName, segmentNames } from '@botdeck/shared/domain/segments'
import { tiers } from '@botdeck/shared/domain/tiers'
import { audienceOf, refuseEventConditions } from './audience.ts'
import { personFields } from './person-fields.ts'
import type { PeopleParams, StatParams } from './requests.ts'
import type { Stat } from './stat.ts'
import { Counts, Members, type Tally } from './tally.ts'
import { answered, type View } from './view.ts'

type Params = StatParams['segments']

const inSegment = (name: string) => `segment ${name}`
const ofTier = (tier: string) => `tier ${tier}`

async function evaluate(view: View, params: Params, tally: Tally): Promise<void> {
  refuseEventConditions(params)
  const audience = await audienceOf(view, params)
  const segmentsOf = segmentMembership(await savedSegmentsOf(view.db), view.settings.segments)
  for (const [uid, field] of await personFields(view)) {
    if (!audience.has(uid)) continue
    tally.add('users', 0, uid)
    tally.add(ofTier(String(field('tier'))), 0, uid)
    for (const name of segmentsOf(field)) tally.add(inSegment(name), 0, uid)
  }
}

function figureAsked({ segment, tier }: PeopleParams['segments']): string {
  if (segment !== undefined) return inSegment(segment)
  return tier === undefined ? 'users' : ofTier(tier)
}

/**
 * People by built-in and saved segment and by tier, as they are now. A person may be in several segments or in none, and is
 * in one tier.
 */
export const segmentsStat: Stat<'segments'> = {
  async fromCells() {
    return null
  },
  async scan(view, params) {
    const counts = new Counts()
    await evaluate(view, params, counts)
    const everybody = counts.of('users', 0)
    const shown = (figure: string) => {
      const users = counts.of(figure, 0)
      return { users, share: rate(users, everybody) }
    }
    const saved = (await savedSegmentsOf(view.db)).map(({ name }) => name)
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
  },
  async people(view, params) {
    const asked = figureAsked(params)
    const members = new Members((figure) => figure === asked)
    await evaluate(view, params, members)
    return members.uids
  },
}
