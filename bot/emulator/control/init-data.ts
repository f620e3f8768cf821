import { createHmac, randomBytes, sign } from 'node:crypto'
import type { Person } from '../world/people.ts'
import { seconds, type World } from '../world/world.ts'

/**
 * initData of a launch from a button of the private chat, signed with the bot's token
 * (core.telegram.org/bots/webapps, "Validating data received via the Mini App"). `signature` is a real Ed25519
 * signature over Telegram's message, by a key of the stand-in: only Telegram has Telegram's.
 */
export function signInitData(world: World, person: Person): { initData: string; queryId: string } {
  const queryId = `AAH${randomBytes(18).toString('base64url')}`
  const fields: Record<string, string> = {
    query_id: queryId,
    user: userField(person),
    auth_date: String(seconds(world)),
  }
  const message = Buffer.from(`${world.bot.id}:WebAppData\n${checkString(fields)}`)
  fields.signature = sign(null, message, world.signingKey).toString('base64url')
  const secret = createHmac('sha256', 'WebAppData').update(world.token).digest()
  const hash = createHmac('sha256', secret).update(checkString(fields)).digest('hex')
  return { initData: new URLSearchParams({ ...fields, hash }).toString(), queryId }
}

function userField({ id, first_name, last_name, username, language_code, is_premium }: Person): string {
  const user = {
    id,
    first_name,
    last_name: last_name ?? '',
    ...(username && { username }),
    language_code,
    ...(is_premium && { is_premium }),
    allows_write_to_pm: true,
  }
  // Telegram escapes slashes, and the escapes are part of what is signed.
  return JSON.stringify(user).replaceAll('/', '\\/')
}

function checkString(fields: Record<string, string>): string {
  return Object.entries(fields)
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join('\n')
}
