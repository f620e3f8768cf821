import { createPrivateKey, generateKeyPairSync, type KeyObject, randomInt } from 'node:crypto'
import type { UserFromGetMe } from 'grammy/types'
import { type ChatLimits, Chats } from './chats.ts'
import { Feed } from './feed.ts'
import { FileStore } from './files.ts'
import type { Invoice, Payment, PreCheckoutAnswer } from './payments.ts'
import { PendingAnswers } from './pending.ts'
import type { Person } from './people.ts'
import { emptyProfile, type Profile } from './profile.ts'
import { UpdateQueue } from './updates.ts'

export interface WorldOptions {
  /** `<bot id>:<secret>` */
  token: string
  bot: { id: number; username: string; first_name: string }
  now?: () => number
  /** How long a payment waits for the bot's answer to its pre-checkout; Telegram: 10 s. */
  preCheckoutTimeoutMs?: number
  limits?: Partial<ChatLimits & { fileBytes: number }>
}

export interface CallbackAnswer {
  text?: string
  show_alert: boolean
  url?: string
}

/** Everything the stand-in remembers. */
export interface World {
  readonly token: string
  readonly bot: UserFromGetMe
  readonly now: () => number
  readonly preCheckoutTimeoutMs: number
  readonly people: Map<number, Person>
  readonly chats: Chats
  readonly updates: UpdateQueue
  readonly files: FileStore
  readonly feed: Feed
  readonly invoices: Map<string, Invoice>
  /** By charge id, oldest first. */
  readonly payments: Map<string, Payment>
  readonly callbacks: PendingAnswers<CallbackAnswer>
  readonly preCheckouts: PendingAnswers<PreCheckoutAnswer>
  profile: Profile
  /** Signs the `signature` field of initData; not Telegram's key, which nobody else has. */
  signingKey: KeyObject
}

const DEFAULT_LIMITS = { perChat: 200, overall: 10_000, fileBytes: 200 * 1024 * 1024 }

function botUser({ bot }: WorldOptions): UserFromGetMe {
  return {
    id: bot.id,
    is_bot: true,
    first_name: bot.first_name,
    username: bot.username,
    can_join_groups: true,
    can_read_all_group_messages: false,
    supports_inline_queries: false,
    can_connect_to_business: false,
    has_main_web_app: false,
    has_topics_enabled: false,
    allows_users_to_create_topics: false,
    can_manage_bots: false,
    supports_join_request_queries: false,
  }
}

/** An empty world around one bot. */
export function createWorld(options: WorldOptions): World {
  const now = options.now ?? Date.now
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  return {
    token: options.token,
    bot: botUser(options),
    now,
    preCheckoutTimeoutMs: options.preCheckoutTimeoutMs ?? 10_000,
    people: new Map(),
    chats: new Chats(limits),
    // Telegram starts a bot's update ids at a random number.
    updates: new UpdateQueue(now, randomInt(100_000_000, 900_000_000)),
    files: new FileStore(limits.fileBytes),
    feed: new Feed(),
    invoices: new Map(),
    payments: new Map(),
    callbacks: new PendingAnswers(),
    preCheckouts: new PendingAnswers(),
    profile: emptyProfile(),
    signingKey: generateKeyPairSync('ed25519').privateKey,
  }
}

/** Seconds, as every date of the Bot API. */
export function seconds(world: World): number {
  return Math.floor(world.now() / 1000)
}

/** The signing key as text and back, for the saved state. */
export function keyText(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString()
}

export function keyFromText(text: string): KeyObject {
  return createPrivateKey(text)
}
