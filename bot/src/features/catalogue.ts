import { activeEffect, type Effect, listCategories, listEffects } from '@botdeck/shared/actions/catalogue'
import { dialogueOf, setDialogue } from '@botdeck/shared/actions/dialogues'
import { track } from '@botdeck/shared/actions/track'
import { Composer, InlineKeyboard } from 'grammy'
import { packCallback } from '../callback-data.ts'
import type { BotContext, BotDeps } from '../context.ts'
import type { Scene } from '../inbox/update-run.ts'
import { onButton, onCommand, show } from '../routing.ts'
import { answerOrder, categoriesKeyboard, type Dialogue, order } from './order.ts'

/** Categories, the effects of one, and the choice of an effect. */
export function catalogue(deps: BotDeps): Composer<BotContext> {
  const composer = new Composer<BotContext>()
  onCommand(composer, 'effects', showCategories)
  onButton(composer, 'categories', showCategories)
  onButton(composer, 'category', async (ctx, categoryId) => {
    const { effects } = await ctx.act((scene) => browse(scene, categoryId))
    await show(
      ctx,
      ctx.html(effects.length > 0 ? 'effects-choose' : 'effects-none'),
      effectsKeyboard(ctx, effects),
    )
  })
  onButton(composer, 'effect', async (ctx, effectId) => {
    const result = await ctx.act((scene) => choose(scene, effectId))
    if (result.kind !== 'chosen') return answerOrder(ctx, deps, result)
    const effect = result.titles[ctx.run.locale]
    const back = new InlineKeyboard().text(ctx.plain('button-back'), packCallback('categories'))
    await show(ctx, ctx.html('effect-send-photo', { effect, count: result.credits }), back)
  })
  return composer
}

async function showCategories(ctx: BotContext): Promise<void> {
  const { categories } = await ctx.act(async ({ tx }) => ({ categories: await listCategories(tx) }))
  await show(ctx, ctx.html('categories-choose'), categoriesKeyboard(categories, ctx.run.locale))
}

async function browse({ tx, person, at, id }: Scene, categoryId: string): Promise<{ effects: Effect[] }> {
  const effects = await listEffects(tx, categoryId)
  const props = { categoryId }
  if (effects.length > 0)
    await track(tx, [{ uid: person.uid, type: 'category_browsed', at, id: id('category'), props }])
  return { effects }
}

function effectsKeyboard(ctx: BotContext, effects: Effect[]): InlineKeyboard {
  const keyboard = new InlineKeyboard()
  for (const { id, titles, credits } of effects) {
    const label = ctx.plain('button-effect', { effect: titles[ctx.run.locale], count: credits })
    keyboard.text(label, packCallback('effect', id)).row()
  }
  return keyboard.text(ctx.plain('button-back'), packCallback('categories'))
}

/** A photo that waits for its effect is made at once; else the effect waits for its photo. */
async function choose(scene: Scene, effectId: string) {
  const { tx, person, at, id } = scene
  const { titles, credits } = await activeEffect(tx, effectId)
  await track(tx, [{ uid: person.uid, type: 'effect_viewed', at, id: id('effect'), props: { effectId } }])
  const dialogue = await dialogueOf(tx, person.uid)
  if (dialogue?.name === 'awaiting_effect' && typeof dialogue.fileId === 'string')
    return order(scene, { effectId, fileId: dialogue.fileId })
  const state: Dialogue = { name: 'awaiting_photo', effectId }
  await setDialogue(tx, person.uid, state, at)
  return { kind: 'chosen' as const, titles, credits }
}
