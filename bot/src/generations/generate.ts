import { setDialogue } from '@botdeck/shared/actions/dialogues'
import {
  failGeneration,
  type Generation,
  type GenerationError,
  markGenerationAnswered,
  startGeneration,
  succeedGeneration,
} from '@botdeck/shared/actions/generations'
import { recordSent } from '@botdeck/shared/actions/messages'
import { type Person, personOf, setBlocked } from '@botdeck/shared/actions/people'
import type { Db, Tx } from '@botdeck/shared/db/db'
import { type Api, InputFile } from 'grammy'
import type { Message } from 'grammy/types'
import { isUnreachable } from '../failures.ts'
import { GenerationFailure, type ImageGenerator } from '../images/image-generator.ts'
import { pictureKeyboard } from '../keyboards.ts'
import type { Logger } from '../logger.ts'
import { html, localeOf, type TextKey } from '../texts.ts'
import { deliver } from './deliver.ts'
import { download } from './download.ts'

export interface GenerationDeps {
  api: Api
  apiRoot: string
  token: string
  db: Db
  log: Logger
  now: () => number
  generator: ImageGenerator
  /** Aborted when the process stops: what still waits is left for the next start. */
  signal: AbortSignal
}

/** Runs of one generation that ended with the process; then it counts as failed, lest it takes us down for ever. */
const mostAttempts = 4

interface Titled extends Generation {
  titles: { en: string; ru: string }
  prompt: string | null
}

/**
 * Brings one generation to its end, from wherever an earlier process left it: the picture, or the credits back and an
 * apology. Throws where Telegram or the database stays away; the row is then still open.
 */
export async function generate(deps: GenerationDeps, generation: Titled): Promise<void> {
  const { db, now } = deps
  if (generation.status === 'failed') return apologise(deps, generation)
  const begun = now()
  await db.transaction((tx) => startGeneration(tx, generation.id, begun))
  let handed: Handed
  try {
    if (generation.attempts >= mostAttempts) throw new Error('given up after several attempts')
    const picture = await makePicture(deps, generation)
    const processingMs = now() - begun
    handed = { message: await hand(deps, generation, picture), processingMs }
  } catch (error) {
    if (deps.signal.aborted) throw error
    deps.log.warn({ err: error, generationId: generation.id }, 'a picture could not be made')
    const errorType = typeOf(error)
    const failure = { at: now(), processingMs: now() - begun, errorType }
    await db.transaction(async (tx) => {
      await tx.orderEvents()
      await failGeneration(tx, generation.id, failure)
      // What cannot be read must not wait for the next effect.
      if (errorType === 'invalid_image') await setDialogue(tx, generation.uid, null, now())
      const person = await personOf(tx, generation.uid)
      if (isUnreachable(error)) await setBlocked(tx, person, { blocked: true, at: now() })
    })
    return apologise(deps, { ...generation, status: 'failed', errorType })
  }
  // Outside the try: a database that fails now must not turn a picture that arrived into an apology.
  await record(deps, generation, handed)
}

function typeOf(error: unknown): GenerationError {
  if (error instanceof GenerationFailure) return error.errorType
  return error instanceof Error && error.name === 'TimeoutError' ? 'timeout' : 'provider_error'
}

async function makePicture(deps: GenerationDeps, generation: Titled): Promise<Buffer> {
  const { api, generator } = deps
  await api.sendChatAction(generation.chatId, 'upload_photo').catch(() => false)
  const image = await download(deps, generation.inputFileId)
  const signal = AbortSignal.timeout(generator.timeLimitMs)
  const late = new Promise<never>((_, reject) =>
    signal.addEventListener('abort', () => reject(new GenerationFailure('timeout', 'the time is over'))),
  )
  const effect = { id: generation.effectId, prompt: generation.prompt ?? generation.titles.en }
  return Promise.race([generator.generate({ image, effect, signal }), late])
}

/** A picture that its person has. */
interface Handed {
  message: Message.PhotoMessage
  processingMs: number
}

/** Sends the picture, with what is left of the credits. */
async function hand(
  deps: GenerationDeps,
  generation: Titled,
  picture: Buffer,
): Promise<Message.PhotoMessage> {
  const { api, db } = deps
  const { id, uid, chatId } = generation
  const person = await personOf(db, uid)
  const locale = localeOf(person)
  const caption = html(locale, 'picture', { effect: generation.titles[locale], count: person.credits ?? 0 })
  return deliver(deps, () =>
    api.sendPhoto(chatId, new InputFile(picture, `${generation.effectId}.jpg`), {
      caption,
      reply_markup: pictureKeyboard(locale, id),
    }),
  )
}

/** Writes down in one transaction that the picture was made and sent, again and again while the database is away. */
async function record(
  deps: GenerationDeps,
  { id, uid }: Titled,
  { message, processingMs }: Handed,
): Promise<void> {
  const { db, now } = deps
  const at = now()
  const outputFileId = message.photo.at(-1)?.file_id
  const write = async (tx: Tx) => {
    await tx.orderEvents()
    const output = outputFileId === undefined ? {} : { outputFileId }
    const done = await succeedGeneration(tx, id, { at, processingMs, ...output })
    const sent = { uid, at, text: message.caption, fileId: outputFileId, id: `generation:${id}:sent` }
    await recordSent(tx, sent)
    await markGenerationAnswered(tx, id, { at, outputFileId })
    return done?.thanked ?? null
  }
  const thanked = await deliver(deps, () => db.transaction(write))
  if (thanked) await tellReferrer(deps, { ...thanked, invited: uid })
}

/** Says why there is no picture, and that the credits are back. */
async function apologise(deps: GenerationDeps, generation: Titled): Promise<void> {
  const { api, db, now } = deps
  const { id, uid, chatId } = generation
  const person = await personOf(db, uid)
  const locale = localeOf(person)
  // @NOTE The column holds what `failGeneration` was given.
  const errorType = (generation.errorType ?? 'provider_error') as GenerationError
  const key: TextKey = `failed-${errorType}`
  const text = html(locale, key, { effect: generation.titles[locale], balance: person.credits ?? 0 })
  const sent = await telling(deps, () => api.sendMessage(chatId, text))
  await db.transaction(async (tx) => {
    await tx.orderEvents()
    const at = now()
    if (sent) await recordSent(tx, { uid, at, text: sent.text, id: `generation:${id}:apology` })
    await markGenerationAnswered(tx, id, { at })
  })
}

async function tellReferrer(
  deps: GenerationDeps,
  thanks: { referrer: Person; credits: number; invited: number },
): Promise<void> {
  const { referrer, credits, invited } = thanks
  const { telegramId } = referrer
  if (telegramId === null || referrer.blockedAt !== null) return
  const text = html(localeOf(referrer), 'referral-thanks', { count: credits })
  const sent = await telling(deps, () => deps.api.sendMessage(telegramId, text))
  if (!sent) return
  const message = { uid: referrer.uid, at: deps.now(), text: sent.text, id: `referral:${invited}:sent` }
  await deps.db.transaction(async (tx) => {
    await tx.orderEvents()
    await recordSent(tx, message)
  })
}

/** Sends a message whose refusal by Telegram ends the matter: there is nobody to tell. */
async function telling(
  deps: GenerationDeps,
  send: () => Promise<Message.TextMessage>,
): Promise<Message.TextMessage | null> {
  try {
    return await deliver(deps, send)
  } catch (error) {
    if (deps.signal.aborted) throw error
    deps.log.warn({ err: error }, 'a message was not taken')
    return null
  }
}
