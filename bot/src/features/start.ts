import { giveWelcome } from '@botdeck/shared/actions/credits'
import { setDialogue } from '@botdeck/shared/actions/dialogues'
import { type Person, personOf } from '@botdeck/shared/actions/people'
import { applyStartPayload } from '@botdeck/shared/actions/sources'
import { track } from '@botdeck/shared/actions/track'
import { parseStartPayload } from '@botdeck/shared/domain/payload'
import { Composer } from 'grammy'
import type { BotContext } from '../context.ts'
import type { Scene } from '../inbox/update-run.ts'
import { menuKeyboard } from '../keyboards.ts'
import { onCommand } from '../routing.ts'

/** `/start`, plain or by a link that says where the person came from. */
export function start(): Composer<BotContext> {
  const composer = new Composer<BotContext>()
  onCommand(composer, 'start', async (ctx, payload) => {
    const { balance, known } = await ctx.act((scene) => arrive(scene, payload || undefined))
    const name = ctx.from?.first_name ?? ''
    const key = known ? 'start-again' : 'start-welcome'
    await ctx.reply(ctx.html(key, { name, count: balance }), { reply_markup: menuKeyboard(ctx.run.locale) })
  })
  return composer
}

async function arrive(scene: Scene, payload: string | undefined) {
  const { tx, person, at, id } = scene
  const known = hasStarted(person)
  await giveWelcome(tx, person.uid, at)
  await setDialogue(tx, person.uid, null, at)
  await applyStartPayload(tx, person, { payload: known ? withoutReferral(payload) : payload, at })
  const props = payload === undefined ? {} : { payload }
  await track(tx, [{ uid: person.uid, type: 'started', at, id: id('started'), props }])
  return { balance: (await personOf(tx, person.uid)).credits ?? 0, known }
}

function hasStarted(person: Person): boolean {
  return person.sourceAt !== null || person.referredAt !== null
}

/** Nobody can be invited who has come already. */
function withoutReferral(payload: string | undefined): string | undefined {
  return parseStartPayload(payload).kind === 'referral' ? undefined : payload
}
