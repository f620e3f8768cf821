import { stateCredits } from '@botdeck/shared/actions/credits'
import { mergeProps, type Person, personOf, setTest, upsertPerson } from '@botdeck/shared/actions/people'
import { stateReferrer } from '@botdeck/shared/actions/referrals'
import { stateSource } from '@botdeck/shared/actions/sources'
import { track } from '@botdeck/shared/actions/track'
import type { Tx } from '@botdeck/shared/db/db'
import type { ValidUser } from './validate.ts'

/** One person has one such event, whenever it is stated. */
const createdId = 'botdeck:user_created'

/**
 * Applies what a sender states of a person: only the fields given change; `createdAt`, the referrer and the first
 * source are set once.
 */
export async function applyUser(tx: Tx, user: ValidUser, now: number): Promise<Person> {
  const { id: telegramId, username, firstName, languageCode } = user
  const { person } = await upsertPerson(tx, { telegramId, username, firstName, languageCode }, now)
  const { uid } = person
  if (user.source !== undefined) await stateSource(tx, person, user.source, now)
  if (user.referredBy !== undefined) await stateReferrer(tx, person, user.referredBy, now)
  if (user.createdAt !== undefined)
    await track(tx, [{ uid, type: 'user_created', at: user.createdAt, id: createdId }])
  if (user.credits !== undefined) await stateCredits(tx, person, user.credits, now)
  if (user.props !== undefined) await mergeProps(tx, person, user.props)
  if (user.test !== undefined) await setTest(tx, await personOf(tx, uid), user.test, now)
  return person
}
