import { createHmac } from 'node:crypto'
import type { Plugin } from 'vite'

// The demo's bot: no such token exists at Telegram.
const demoToken = '7000000001:DEMO_botdeck_local_stand_in_token'
const demoAdmin = 1000

/** What Telegram signs when the Mini App opens, here for one person. */
interface Person {
  id: number
  first_name: string
  language_code: string
}

/**
 * Raw initData signed as Telegram signs it: HMAC-SHA-256 over the sorted fields with a key derived from the bot's
 * token. `authDate` is in seconds. `signature` is what a third party would check; the server checks `hash` alone.
 * Source: core.telegram.org/bots/webapps#validating-data-received-via-the-mini-app.
 */
export function signInitData(token: string, person: Person, authDate: number): string {
  const fields = new URLSearchParams({
    auth_date: String(authDate),
    query_id: 'AAAAAAAAAAAAAAAAAAAAAAAA',
    signature: 'bm90LXNpZ25lZC1ieS10ZWxlZ3JhbQ',
    user: JSON.stringify({ ...person, allows_write_to_pm: true }),
  })
  const text = [...fields]
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join('\n')
  const key = createHmac('sha256', 'WebAppData').update(token).digest()
  fields.set('hash', createHmac('sha256', key).update(text).digest('hex'))
  return fields.toString()
}

/**
 * Answers `/__launch` of the development server with fresh initData for the first admin. It exists while developing
 * only: a build has no such address, and the token never leaves this process.
 */
export function launchData(): Plugin {
  return {
    name: 'botdeck-launch-data',
    apply: 'serve',
    configureServer(server) {
      server.middlewares.use('/__launch', (_request, response) => {
        const admin = Number(process.env.ADMIN_IDS?.split(',')[0] ?? demoAdmin) || demoAdmin
        const person = { id: admin, first_name: 'Admin', language_code: 'en' }
        const token = process.env.BOT_TOKEN ?? demoToken
        response.setHeader('content-type', 'text/plain')
        response.end(signInitData(token, person, Math.floor(Date.now() / 1000)))
      })
    },
  }
}
