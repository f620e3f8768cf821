import { InlineKeyboard } from 'grammy'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ANN, openStage, type Stage } from '../testing/stage.ts'
import { Phone } from './phone.ts'

describe('Phone', () => {
  let stage: Stage
  let phone: Phone

  beforeEach(async () => {
    stage = await openStage()
    phone = new Phone(stage.client, ANN, 2_000)
    const keyboard = new InlineKeyboard().text('One', 'one').text('Two', 'two')
    stage.bot.command('start', (ctx) => ctx.reply('Hello', { reply_markup: keyboard }))
    stage.bot.on('callback_query', (ctx) => ctx.answerCallbackQuery())
    await stage.poll()
  })
  afterEach(() => stage.close())

  it('waits until the bot answers, and then sees its buttons', async () => {
    expect(await phone.buttons()).toEqual([])
    expect(await phone.untilAnswered((client) => client.start(ANN))).toBe(true)
    const labels = (await phone.buttons()).map(({ button }) => button.text)
    expect(labels).toEqual(['One', 'Two'])
  })

  it('gives up on a bot that says nothing', async () => {
    const impatient = new Phone(stage.client, ANN, 100)
    expect(await impatient.untilAnswered((client) => client.sendText(ANN, 'hm'))).toBe(false)
  })

  it('takes a press that changes nothing on the screen for answered', async () => {
    await phone.untilAnswered((client) => client.start(ANN))
    const [seen] = await phone.buttons()
    expect(await phone.press(seen?.message.message_id ?? 0, 'one')).toBe(true)
  })
})
