import type { Condition } from '@botdeck/shared/domain/conditions'
import { segmentNames } from '@botdeck/shared/domain/segments'
import { tiers } from '@botdeck/shared/domain/tiers'
import { PeopleFields } from '../people/people-fields.ts'
import type { Audience } from './filters.ts'
import type { Tally } from './tally.ts'
import type { View } from './view.ts'

/** Under which names people are reported. */
export const inSegment = (name: string) => `segment ${name}`
export const ofTier = (tier: string) => `tier ${tier}`

const equals = (key: string, value: string): Condition => ({ scope: 'user', key, op: 'eq', value })

/** Reports every counted person as one of their tier and of each segment that they are in. */
export async function tallySegments(
  view: View,
  saved: readonly string[],
  to: { audience: Audience; tally: Tally },
): Promise<void> {
  const figures = [
    ...tiers.map((tier) => ({ figure: ofTier(tier), condition: equals('tier', tier) })),
    ...[...segmentNames, ...saved].map((name) => ({
      figure: inSegment(name),
      condition: equals('segment', name),
    })),
  ]
  // Everybody has a tier; a number that nobody has would pass for somebody in no segment.
  const somebody: Condition = { scope: 'user', key: 'tier', op: 'is_set' }
  const fields = await PeopleFields.open(view, [somebody, ...figures.map(({ condition }) => condition)])
  const { audience, tally } = to
  const everybody = fields.passing([somebody])
  const report = (figure: string, mask: Uint8Array) => {
    for (let uid = 0; uid < mask.length; uid++)
      if (mask[uid] === 1 && everybody[uid] === 1 && audience.has(uid)) tally.add(figure, 0, uid)
  }
  report('users', everybody)
  for (const { figure, condition } of figures) report(figure, fields.passing([condition]))
}
