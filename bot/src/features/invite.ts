import { invitationsOf, referralBonus } from '@botdeck/shared/actions/referrals'
import { track } from '@botdeck/shared/actions/track'
import { Composer, InlineKeyboard } from 'grammy'
import { packCallback } from '../callback-data.ts'
import type { BotContext } from '../context.ts'
import { escapeHtml } from '../html.ts'
import { acknowledge, onButton, onCommand, show } from '../routing.ts'

/** A person's own link, what it brought so far, and sharing it. */
export function invite(): Composer<BotContext> {
  const composer = new Composer<BotContext>()
  onCommand(composer, 'invite', showInvitation)
  onButton(composer, 'invite', showInvitation)
  onButton(composer, 'share', async (ctx) => {
    await ctx.act(async ({ tx, person, at, id }) => {
      await track(tx, [{ uid: person.uid, type: 'share_clicked', at, id: id('share') }])
      return null
    })
    await acknowledge(ctx)
    const link = linkOf(ctx)
    const query = new URLSearchParams({ url: link, text: ctx.plain('share-text') })
    const keyboard = new InlineKeyboard().url(ctx.plain('button-share-to'), `https://t.me/share/url?${query}`)
    await ctx.reply(`${ctx.html('share-text')}\n${escapeHtml(link)}`, { reply_markup: keyboard })
  })
  return composer
}

async function showInvitation(ctx: BotContext): Promise<void> {
  const { invited, activated, earned } = await ctx.act(async ({ tx, person, at, id }) => {
    await track(tx, [{ uid: person.uid, type: 'referral_viewed', at, id: id('referral') }])
    return invitationsOf(tx, person.uid)
  })
  const text = [
    ctx.html('invite', { count: referralBonus }),
    escapeHtml(linkOf(ctx)),
    ctx.html('invite-numbers', { invited, activated, earned }),
  ].join('\n\n')
  await show(ctx, text, new InlineKeyboard().text(ctx.plain('button-share'), packCallback('share')))
}

function linkOf(ctx: BotContext): string {
  return `https://t.me/${ctx.me.username}?start=ref_${ctx.from?.id}`
}
