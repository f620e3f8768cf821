import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'

const User = z.object({
  id: z
    .number()
    .int()
    .min(1)
    .max(2 ** 52 - 1),
  first_name: z.string(),
  username: z.string().optional(),
})

/** The person whom init data proves. */
export type InitDataUser = z.infer<typeof User>

const longest = 8192
/** Clocks differ: launch data may come from this many seconds ahead. */
const skewS = 60

/** The pairs, or null where any of them could be read in two ways: doubled keys, control characters. */
function unambiguous(raw: string): Map<string, string> | null {
  const pairs = [...new URLSearchParams(raw)]
  const map = new Map(pairs)
  const folded = pairs.some(([key, value]) => /\p{Cc}/u.test(key + value))
  return raw.length > longest || map.size !== pairs.length || folded ? null : map
}

function isSigned(pairs: ReadonlyMap<string, string>, hash: string, botToken: string): boolean {
  if (!/^[0-9a-f]{64}$/.test(hash)) return false
  const text = [...pairs]
    .filter(([key]) => key !== 'hash')
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join('\n')
  const secret = createHmac('sha256', 'WebAppData').update(botToken).digest()
  return timingSafeEqual(createHmac('sha256', secret).update(text).digest(), Buffer.from(hash, 'hex'))
}

function isFresh(date: string, now: number, maxAgeS: number): boolean {
  if (!/^\d{1,12}$/.test(date)) return false
  const age = now / 1000 - Number(date)
  return age <= maxAgeS && age >= -skewS
}

function userIn(text: string): InitDataUser | null {
  try {
    return User.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

/**
 * The person whom the raw `initData` of a Mini App proves, or null. It proves nobody unless it is signed with the
 * bot's token over all pairs but `hash` (`signature` included, decoded once, sorted, joined by line feeds), is not
 * older than `maxAgeS` seconds nor from the future, and names a user. Doubled keys and control characters are
 * refused, because a folded line gives the same signed text with other pairs. Which check failed is never told.
 * Source: core.telegram.org/bots/webapps, "Validating data received via the Mini App".
 */
export function provenUser(
  raw: string,
  trusted: { botToken: string; now: number; maxAgeS: number },
): InitDataUser | null {
  const pairs = unambiguous(raw)
  if (!pairs || !isSigned(pairs, pairs.get('hash') ?? '', trusted.botToken)) return null
  if (!isFresh(pairs.get('auth_date') ?? '', trusted.now, trusted.maxAgeS)) return null
  return userIn(pairs.get('user') ?? '')
}
