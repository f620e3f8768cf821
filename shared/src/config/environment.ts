import { z } from 'zod'
import { AppError } from '../contract/errors.ts'
import { isCurrency } from '../domain/money.ts'
import { isZone } from '../domain/zone-offsets.ts'

const list = z.string().transform((text) => text.split(/[\s,]+/).filter((part) => part !== ''))

const telegramIds = list.pipe(
  z.array(
    z
      .string()
      .regex(/^\d{1,16}$/, 'Telegram ids, separated by commas')
      .transform(Number),
  ),
)

/** A whole number in the text of a variable; `what` says in an error what is expected. */
function whole(min: number, max: number, what: string) {
  return z
    .string()
    .regex(/^\d{1,15}$/, what)
    .transform(Number)
    .refine((value) => value >= min && value <= max, what)
}

function oneOf<const Words extends readonly string[]>(words: Words) {
  return z.enum(words, `one of ${words.join(', ')}`)
}

const address = z.url('an address such as https://example.org').transform((url) => url.replace(/\/+$/, ''))

/** Where Telegram's own clients embed a Mini App from. */
export const telegramWebClients = [
  'https://web.telegram.org',
  'https://webk.telegram.org',
  'https://webz.telegram.org',
]

/**
 * Every setting of the environment, with its meaning. The README's table is made from this. What is set here is fixed:
 * it is written to the settings table at start, and the panel shows it as read-only.
 */
export const Environment = z.object({
  BOT_TOKEN: z
    .string()
    .regex(/^\d+:[\w-]+$/, 'a token as @BotFather gives it')
    .optional()
    .describe('Token of the bot, from @BotFather. Without it `npm start` runs the demo.'),
  ADMIN_IDS: telegramIds
    .default([])
    .describe('Telegram ids of the owners of the panel, separated by commas.'),
  PUBLIC_URL: address.optional().describe('HTTPS address under which Telegram clients reach the server.'),
  DATABASE_URL: z
    .string()
    .min(1)
    .default('file:data/botdeck.db')
    .describe('A SQLite file (`file:data/botdeck.db`) or `postgres://…`.'),
  PORT: whole(0, 65_535, 'a port from 0 to 65535').default(8080).describe('Port of the server.'),
  HOST: z
    .string()
    .min(1)
    .default('127.0.0.1')
    .describe('Address the server listens on; `0.0.0.0` in a container.'),
  REPORTING_TIMEZONE: z
    .string()
    .refine(isZone, 'an IANA time zone such as Europe/Berlin')
    .optional()
    .describe('The one time zone of all days and reports. Default `UTC`.'),
  REPORTING_CURRENCY: z
    .string()
    .refine(isCurrency, 'XTR or an ISO 4217 code')
    .optional()
    .describe('Currency that revenue is shown in. Default `XTR` (Telegram Stars).'),
  WEEK_START: oneOf(['monday', 'sunday', 'saturday'])
    .optional()
    .describe('First day of a week. Default `monday`.'),
  TELEGRAM_API_ROOT: address.default('https://api.telegram.org').describe('Address of the Bot API.'),
  FRAME_ORIGINS: list
    .default(telegramWebClients)
    .describe("Origins that may embed the panel. Default: Telegram's web clients."),
  GEMINI_API_KEY: z
    .string()
    .min(1)
    .optional()
    .describe('Key of the Gemini API; without it pictures are made locally.'),
  INIT_DATA_MAX_AGE: whole(1, 1e12, 'seconds, from 1')
    .default(86_400)
    .describe('Seconds for which the launch data of the Mini App is accepted.'),
  RATE_LIMIT: oneOf(['on', 'off']).default('on').describe('`off` lifts the limits of requests.'),
  METRICS_TOKEN: z
    .string()
    .min(1)
    .optional()
    .describe('Bearer token of `/metrics`; without it the page is closed.'),
  LOG_LEVEL: oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('How much is logged.'),
})

export type Environment = z.infer<typeof Environment>

/** Empty variables count as not set: that is how a compose file passes what nobody filled in. */
function filled(variables: Record<string, string | undefined>) {
  return Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value !== undefined && value.trim() !== ''),
  )
}

/**
 * Reads the environment. Throws `invalid_params` with one line that names the first setting at fault and what it
 * should be.
 */
export function readEnvironment(variables: Record<string, string | undefined>): Environment {
  const parsed = Environment.safeParse(filled(variables))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const name = String(issue?.path[0] ?? 'environment')
  throw new AppError(
    'invalid_params',
    `${name} is malformed: expected ${issue?.message ?? 'something else'}`,
    { field: name },
  )
}
