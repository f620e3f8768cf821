import { setTimeout as wait } from 'node:timers/promises'
import { prepareDb } from '@botdeck/shared/actions/prepare'
import { type Environment, readEnvironment } from '@botdeck/shared/config/environment'
import type { Db } from '@botdeck/shared/db/db'
import { openDb } from '@botdeck/shared/db/open'
import { Api } from 'grammy'
import type { UserFromGetMe } from 'grammy/types'
import { publishCommands } from './commands.ts'
import { reasonOf } from './failures.ts'
import { chooseGenerator } from './images/choose-generator.ts'
import { isRefusal, poll } from './inbox/poller.ts'
import { createLogger, type Logger } from './logger.ts'
import { createRuntime, type Runtime } from './runtime.ts'

const graceMs = 20_000
const menusEveryMs = 60_000

/** Ends the process with one line that says what is wrong and how to mend it. */
function fail(line: string): never {
  process.stderr.write(`${line}\n`)
  process.exit(1)
}

function settings(): Environment & { BOT_TOKEN: string } {
  try {
    const environment = readEnvironment(process.env)
    const { BOT_TOKEN } = environment
    if (BOT_TOKEN === undefined) return fail('BOT_TOKEN is not set: get one from @BotFather')
    return { ...environment, BOT_TOKEN }
  } catch (error) {
    return fail(reasonOf(error))
  }
}

async function prepared(environment: Environment): Promise<Db> {
  try {
    const db = openDb(environment.DATABASE_URL)
    await prepareDb(db, environment, Date.now())
    return db
  } catch (error) {
    return fail(`The database cannot be used (DATABASE_URL): ${reasonOf(error)}`)
  }
}

/** Asks Telegram who we are, again and again while it cannot be reached. */
async function introduce(api: Api, log: Logger): Promise<UserFromGetMe> {
  for (let pauseMs = 500; ; pauseMs = Math.min(pauseMs * 2, 30_000)) {
    try {
      return await api.getMe()
    } catch (error) {
      if (isRefusal(error)) fail('Telegram refuses BOT_TOKEN: get a valid one from @BotFather')
      log.warn({ err: error, againInMs: pauseMs }, 'Telegram cannot be reached')
    }
    await wait(pauseMs)
  }
}

/** What may fail without the bot being any worse at answering. */
async function leniently(log: Logger, what: string, work: () => Promise<unknown>): Promise<void> {
  await work().catch((error: unknown) => log.warn({ err: error }, `${what} failed`))
}

function keepMenus({ menus }: Runtime, log: Logger): NodeJS.Timeout | undefined {
  if (!menus) return undefined
  const sync = () => leniently(log, 'the menu buttons of admins', () => menus.sync())
  void sync()
  return setInterval(sync, menusEveryMs)
}

const environment = settings()
const { BOT_TOKEN: token, TELEGRAM_API_ROOT: apiRoot, PUBLIC_URL: publicUrl } = environment
const log = createLogger(environment.LOG_LEVEL, token)
// The process that started us was killed: what it would start next must not meet us.
process.once('disconnect', () => process.exit(1))
const db = await prepared(environment)
const stopping = new AbortController()
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stopping.abort())

const botInfo = await introduce(new Api(token, { apiRoot, timeoutSeconds: 30 }), log)
const generator = chooseGenerator(environment.GEMINI_API_KEY)
const runtime = createRuntime({ token, apiRoot, publicUrl, db, log, now: Date.now, botInfo, generator })
await runtime.resume()
// Updates cannot be fetched while a webhook is set.
await leniently(log, 'removing the webhook', () => runtime.bot.api.deleteWebhook())
void leniently(log, 'publishing the commands', () => publishCommands(runtime.bot.api))
const menus = keepMenus(runtime, log)
log.info({ username: botInfo.username }, 'bot ready')

try {
  await poll({ api: runtime.bot.api, inbox: runtime.inbox, log, signal: stopping.signal })
} catch (error) {
  fail(`${reasonOf(error)}: get a valid one from @BotFather`)
}
clearInterval(menus)
await runtime.stop(graceMs)
await db.close()
log.info('bot stopped')
process.exit(0)
