import { AppError } from '@botdeck/shared/contract/errors'
import { z } from 'zod'
import type { Logger } from './logger.ts'

/** What the server asks of the Bot API. */
export interface Telegram {
  /** The bot's names; what it last said, or a stand-in, while Telegram cannot be reached. */
  bot(): Promise<{ name: string; username: string }>
  /** The bytes of a file as Telegram sends them. Throws `not_found` where Telegram has it no more. */
  file(fileId: string): Promise<Response>
}

const Me = z.object({ result: z.object({ first_name: z.string(), username: z.string().default('') }) })
const FilePath = z.object({ result: z.object({ file_path: z.string() }) })

const patienceMs = 2000
/** Telegram promises a file path for an hour. */
const pathLifeMs = 50 * 60_000
/** How long the bot's name is taken as said, and as not to be had. */
const nameLifeMs = 3_600_000
const retryMs = 30_000
const rememberedPaths = 2000

interface Options {
  apiRoot: string
  token: string | undefined
  clock: () => number
  logger: Logger
}

/** The Bot API at `TELEGRAM_API_ROOT`. It is first asked when somebody needs it: the server starts without it. */
export function createTelegram({ apiRoot, token, clock, logger }: Options): Telegram {
  const paths = new Map<string, { path: string; until: number }>()
  let known = { name: 'Botdeck', username: '' }
  let askAgainAt = 0

  async function call(method: string, params: Record<string, string> = {}): Promise<unknown> {
    const query = new URLSearchParams(params).toString()
    const response = await fetch(`${apiRoot}/bot${token}/${method}?${query}`, {
      signal: AbortSignal.timeout(patienceMs),
    })
    return response.json()
  }

  async function pathOf(fileId: string): Promise<string> {
    const cached = paths.get(fileId)
    if (cached && cached.until > clock()) return cached.path
    const parsed = FilePath.safeParse(await call('getFile', { file_id: fileId }))
    if (!parsed.success) throw new AppError('not_found', 'Telegram no longer has this file')
    const path = parsed.data.result.file_path
    if (paths.size >= rememberedPaths) paths.clear()
    paths.set(fileId, { path, until: clock() + pathLifeMs })
    return path
  }

  return {
    async bot() {
      if (token === undefined || clock() < askAgainAt) return known
      askAgainAt = clock() + retryMs
      try {
        const { first_name: name, username } = Me.parse(await call('getMe')).result
        known = { name, username }
        askAgainAt = clock() + nameLifeMs
      } catch {
        // The cause is not logged: it may carry the address, and with it the token.
        logger.warn('Telegram does not say the name of the bot; asking again later')
      }
      return known
    },
    async file(fileId) {
      if (token === undefined) throw new AppError('not_found', 'Files need BOT_TOKEN')
      const response = await fetch(`${apiRoot}/file/bot${token}/${await pathOf(fileId)}`, {
        signal: AbortSignal.timeout(30_000),
      })
      if (!response.ok) {
        paths.delete(fileId)
        throw new AppError('not_found', 'Telegram no longer has this file')
      }
      return response
    },
  }
}
