import { createHmac } from 'node:crypto'

/** The token of the bot in the server's tests. */
export const botToken = '7000000001:TEST_token_of_no_real_bot'

/** Pairs signed as Telegram signs them, in the order given. */
export function signInitData(pairs: Record<string, string>, token = botToken): string {
  const text = Object.entries(pairs)
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join('\n')
  const secret = createHmac('sha256', 'WebAppData').update(token).digest()
  const hash = createHmac('sha256', secret).update(text).digest('hex')
  return new URLSearchParams({ ...pairs, hash }).toString()
}

/** What a client sends for this person at this time (ms). */
export function initDataOf(user: object, at: number, token = botToken): string {
  return signInitData(
    {
      auth_date: String(Math.floor(at / 1000)),
      query_id: 'AAHdF6IQAAAAAN0XohDhrOrc',
      user: JSON.stringify(user),
    },
    token,
  )
}
