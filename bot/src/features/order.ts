import { activeEffect, type Category, listCategories } from '@botdeck/shared/actions/catalogue'
import { setDialogue } from '@botdeck/shared/actions/dialogues'
import { requestGeneration } from '@botdeck/shared/actions/generations'
import { InlineKeyboard } from 'grammy'
import { packCallback } from '../callback-data.ts'
import type { BotContext, BotDeps } from '../context.ts'
import type { Scene } from '../inbox/update-run.ts'
import { storeKeyboard } from '../keyboards.ts'
import { acknowledge, show } from '../routing.ts'
import type { Locale } from '../texts.ts'

type Titles = { en: string; ru: string }

/** Where a person stands between choosing an effect and sending a photo. */
export type Dialogue =
  | { name: 'awaiting_photo'; effectId: string }
  | { name: 'awaiting_effect'; fileId: string }

/** What became of an effect and a photo that met. */
export type Ordered =
  | { kind: 'ordered'; titles: Titles; balance: number }
  | { kind: 'poor'; titles: Titles; credits: number; balance: number }

/** Orders the picture, or keeps the photo until there are credits for it. */
export async function order(
  { tx, person, at }: Scene,
  wish: { effectId: string; fileId: string },
): Promise<Ordered> {
  const { titles, credits, id } = await activeEffect(tx, wish.effectId)
  const balance = person.credits ?? 0
  if (balance < credits) {
    await keepPhoto({ tx, person, at }, wish.fileId)
    return { kind: 'poor', titles, credits, balance }
  }
  if (person.telegramId === null) throw new Error(`person ${person.uid} has no chat`)
  const request = { uid: person.uid, chatId: person.telegramId, effectId: id, inputFileId: wish.fileId, at }
  const ordered = await requestGeneration(tx, request)
  await setDialogue(tx, person.uid, null, at)
  return { kind: 'ordered', titles, balance: ordered.balance }
}

/** Remembers a photo until its person has chosen an effect for it. */
export async function keepPhoto(
  { tx, person, at }: Pick<Scene, 'tx' | 'person' | 'at'>,
  fileId: string,
): Promise<{ categories: Category[] }> {
  const state: Dialogue = { name: 'awaiting_effect', fileId }
  await setDialogue(tx, person.uid, state, at)
  return { categories: await listCategories(tx) }
}

/** Says what became of the order; the picture itself comes from the worker. */
export async function answerOrder(ctx: BotContext, deps: BotDeps, result: Ordered): Promise<void> {
  const { locale } = ctx.run
  const effect = result.titles[locale]
  await acknowledge(ctx)
  if (result.kind === 'poor') {
    const text = ctx.html('order-poor', { effect, count: result.credits, balance: result.balance })
    await ctx.reply(text, { reply_markup: storeKeyboard(locale) })
    return
  }
  // Not before, lest a fast picture comes before the word that it is being made.
  ctx.run.afterwards.push(deps.onGenerationRequested)
  await ctx.reply(ctx.html('order-making', { effect, count: result.balance }))
}

/** The categories of effects as buttons. */
export function categoriesKeyboard(categories: Category[], locale: Locale): InlineKeyboard {
  const keyboard = new InlineKeyboard()
  for (const { id, titles } of categories) keyboard.text(titles[locale], packCallback('category', id)).row()
  return keyboard
}

/** Asks which effect the photo is to get. */
export async function askForEffect(ctx: BotContext, categories: Category[]): Promise<void> {
  await show(ctx, ctx.html('photo-ask-effect'), categoriesKeyboard(categories, ctx.run.locale))
}
