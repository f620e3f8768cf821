/*
 * The span that the history covers and what happens to the bot in it. Everything is placed relative to the span, so
 * that each history has all of it whatever its end; the campaign of June alone needs a June.
 */

export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour

/** A stretch of time, ms; `until` is exclusive. */
export interface Span {
  since: number
  until: number
}

export interface Year extends Span {
  days: number
  /** The picture service is down: nearly everything fails. */
  outage: Span
  /** The day after, when people are slow to come back. */
  aftermath: Span
  /** One effect runs into the time limit far more often than before. */
  slowEffect: Span & { effectId: string }
  /** A clip about the bot goes round. */
  viral: Span
  /** An article about the bot appears. */
  article: Span
  /** From then on a package costs more. */
  priceChange: { at: number; packageId: string; amount: number }
}

export function isWithin(at: number, span: Span): boolean {
  return at >= span.since && at < span.until
}

/** The UTC midnight at or before an instant. */
export function midnight(at: number): number {
  return Math.floor(at / day) * day
}

/** The year that ends at `until` and begins `days` before. */
export function yearEnding(until: number, days: number): Year {
  const since = until - days * day
  const at = (share: number) => midnight(since + share * days * day)
  const lasting = (share: number, ms: number): Span => ({ since: at(share), until: at(share) + ms })
  const outage = lasting(0.96, day)
  return {
    since,
    until,
    days,
    outage,
    aftermath: { since: outage.until, until: outage.until + day },
    slowEffect: { ...lasting(0.42, days * day * 0.085), effectId: 'comic' },
    viral: lasting(0.88, 9 * day),
    article: lasting(0.3, 4 * day),
    priceChange: { at: at(2 / 3) + 9 * hour, packageId: 'pkg_50', amount: 250 },
  }
}
