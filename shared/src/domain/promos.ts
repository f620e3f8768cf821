const accepted = new Set(['redeemed', 'ok', 'success', 'accepted', 'applied'])

/**
 * Whether a `promo_entered` event tells of a code that was redeemed: by its `result`, or because it gave credits. Any other
 * result is a refusal, and its reason.
 */
export function isRedeemed(result: string, credits: number): boolean {
  return credits > 0 || accepted.has(result.toLowerCase())
}
