import { ledgerOf } from '@botdeck/shared/actions/credits'
import { readSettings } from '@botdeck/shared/actions/settings'
import { Composer } from 'grammy'
import type { BotContext } from '../context.ts'
import { storeKeyboard } from '../keyboards.ts'
import { onButton, onCommand, show } from '../routing.ts'
import type { TextKey } from '../texts.ts'

const shownEntries = 5

/** The credits a person has, and where the last of them came from and went. */
export function balance(): Composer<BotContext> {
  const composer = new Composer<BotContext>()
  onCommand(composer, 'balance', showBalance)
  onButton(composer, 'balance', showBalance)
  return composer
}

async function showBalance(ctx: BotContext): Promise<void> {
  const { credits, entries, timezone } = await ctx.act(async ({ tx, person }) => ({
    credits: person.credits ?? 0,
    entries: (await ledgerOf(tx, person.uid, shownEntries)).map(({ at, delta, reason }) => ({
      at,
      delta,
      reason,
    })),
    timezone: (await readSettings(tx)).timezone,
  }))
  const date = new Intl.DateTimeFormat(ctx.run.locale, { day: 'numeric', month: 'short', timeZone: timezone })
  const lines = entries.map(({ at, delta, reason }) => {
    const what: TextKey = `reason-${reason}`
    const change = delta > 0 ? `+${delta}` : `−${-delta}`
    return `${date.format(at)}  <b>${change}</b>  ${ctx.html(what)}`
  })
  const text = [ctx.html('balance', { count: credits }), ...lines].join('\n')
  await show(ctx, text, storeKeyboard(ctx.run.locale))
}
