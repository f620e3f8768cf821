import { statedMark } from '@botdeck/shared/actions/credits'

/** The types whose events say something of their person by their properties. */
export const tellingTypes = ['audience_changed', 'credits_changed'] as const
export type TellingType = (typeof tellingTypes)[number]

/** What an event of such a type tells; `props` is JSON text. */
export function factsOf(
  type: TellingType,
  props: string | null,
): { makesSeen: boolean; audience: boolean | null } {
  // @NOTE The column holds objects alone; `track` writes it.
  const values = JSON.parse(props ?? '{}') as Record<string, unknown>
  if (type === 'audience_changed') return { makesSeen: false, audience: values.staff === true }
  // What the server itself states of credits is no sign of the person.
  return { makesSeen: values[statedMark] !== true, audience: null }
}
