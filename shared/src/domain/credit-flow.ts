/** Which way credits went: to a person, used up, given back for what failed, or taken back with a refunded payment. */
export type CreditFlow = 'granted' | 'spent' | 'returned' | 'revoked'

const returns = new Set(['generation_failed', 'generation_refunded', 'returned'])
const revokes = new Set(['refund', 'revoked'])

/** Which way a `credits_changed` event went, by the sign of its change and its reason; null where nothing changed. */
export function creditFlowOf(delta: number, reason: string): CreditFlow | null {
  if (delta === 0) return null
  if (delta > 0) return returns.has(reason) ? 'returned' : 'granted'
  return revokes.has(reason) ? 'revoked' : 'spent'
}
