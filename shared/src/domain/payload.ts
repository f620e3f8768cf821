/** What a `start` or `startapp` payload says about how a person came. */
export type StartPayload =
  | { kind: 'referral'; referrer: number }
  | { kind: 'source'; source: string }
  | { kind: 'none' }

/** Telegram promises ids of at most 52 significant bits. */
const MAX_TELEGRAM_ID = 2 ** 52 - 1

/**
 * Reads a start payload: `src_x` is the source x, `ref_<Telegram id>` a referral, any other payload is itself the
 * source. No or an empty payload, or a bare `src_`, says nothing. A `ref_` with no possible id is a source like others.
 */
export function parseStartPayload(payload?: string | null): StartPayload {
  if (!payload || payload === 'src_') return { kind: 'none' }
  if (payload.startsWith('src_')) return { kind: 'source', source: payload.slice(4) }
  const digits = /^ref_([1-9]\d{0,15})$/.exec(payload)?.[1]
  if (digits !== undefined && Number(digits) <= MAX_TELEGRAM_ID)
    return { kind: 'referral', referrer: Number(digits) }
  return { kind: 'source', source: payload }
}
