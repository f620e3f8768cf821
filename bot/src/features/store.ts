import { createHash } from 'node:crypto'
import { listPackages } from '@botdeck/shared/actions/catalogue'
import { cancelPurchase, orderPackage } from '@botdeck/shared/actions/purchases'
import { track } from '@botdeck/shared/actions/track'
import { Composer, InlineKeyboard } from 'grammy'
import { packCallback } from '../callback-data.ts'
import type { BotContext } from '../context.ts'
import { storeKeyboard } from '../keyboards.ts'
import { acknowledge, onButton, onCommand, show } from '../routing.ts'

/** Packages of credits, their invoices, and giving up on one. */
export function store(): Composer<BotContext> {
  const composer = new Composer<BotContext>()
  onCommand(composer, 'store', showStore)
  onButton(composer, 'store', showStore)
  onButton(composer, 'buy', buy)
  onButton(composer, 'cancel', cancel)
  return composer
}

async function showStore(ctx: BotContext): Promise<void> {
  const { packages, balance } = await ctx.act(async ({ tx, person, at, id }) => {
    await track(tx, [{ uid: person.uid, type: 'store_viewed', at, id: id('store') }])
    return { packages: await listPackages(tx), balance: person.credits ?? 0 }
  })
  const keyboard = new InlineKeyboard()
  for (const { id, titles, amount } of packages) {
    const label = ctx.plain('button-package', { title: titles[ctx.run.locale], amount })
    keyboard.text(label, packCallback('buy', id)).row()
  }
  await show(ctx, ctx.html(packages.length > 0 ? 'store' : 'store-empty', { count: balance }), keyboard)
}

/** The id of the invoice that an update asks for: the same however often the update runs. */
function invoiceIdOf(ctx: BotContext): string {
  const hex = createHash('sha256').update(`invoice:${ctx.me.id}:${ctx.update.update_id}`).digest('hex')
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16)
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-')
}

async function buy(ctx: BotContext, packageId: string): Promise<void> {
  const invoiceId = invoiceIdOf(ctx)
  const offer = await ctx.act(async ({ tx, person, at }) => {
    const ordered = await orderPackage(tx, { uid: person.uid, packageId, invoiceId, at })
    return ordered.offer
  })
  await acknowledge(ctx)
  const title = offer.titles[ctx.run.locale]
  const { amount, credits } = offer
  const keyboard = new InlineKeyboard()
    .pay(ctx.plain('button-pay', { amount }))
    .row()
    .text(ctx.plain('button-cancel'), packCallback('cancel', invoiceId))
  await ctx.replyWithInvoice(
    title,
    ctx.plain('invoice-description', { count: credits }),
    invoiceId,
    offer.currency,
    [{ label: title, amount }],
    { reply_markup: keyboard },
  )
}

async function cancel(ctx: BotContext, invoiceId: string): Promise<void> {
  const { cancelled } = await ctx.act(async ({ tx, person, at }) => ({
    cancelled: await cancelPurchase(tx, { uid: person.uid, invoiceId, at }),
  }))
  await acknowledge(ctx)
  if (cancelled) await ctx.deleteMessage().catch(() => false)
  await ctx.reply(ctx.html(cancelled ? 'purchase-cancelled' : 'purchase-over'), {
    reply_markup: storeKeyboard(ctx.run.locale),
  })
}
