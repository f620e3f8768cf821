import { InlineKeyboard, InputFile, Keyboard } from 'grammy'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ANN, BOB, openStage, png, type Stage, TOKEN } from '../testing/stage.ts'

let stage: Stage
beforeEach(async () => {
  stage = await openStage()
})
afterEach(() => stage.close())

describe('a grammY bot that polls', () => {
  it('gets a command with its payload and answers in the chat', async () => {
    stage.bot.command('start', (ctx) => ctx.reply(`hello ${ctx.from?.language_code}, ${ctx.match}`))
    await stage.poll()
    const sent = await stage.client.start(BOB, 'src_reels')
    expect(sent).toMatchObject({
      message_id: 1,
      text: '/start src_reels',
      entities: [{ type: 'bot_command', offset: 0, length: 6 }],
      from: { id: BOB, is_bot: false, first_name: 'Bob', language_code: 'ru' },
      chat: { id: BOB, type: 'private', first_name: 'Bob' },
    })
    const answer = await stage.client.waitForMessage(BOB, (m) => m.text === 'hello ru, src_reels')
    expect(answer).toMatchObject({
      message_id: 2,
      from: { id: 700_001, is_bot: true, username: 'stage_bot' },
    })
  })

  it('numbers messages in each chat by itself', async () => {
    expect((await stage.client.start(ANN)).message_id).toBe(1)
    expect((await stage.client.start(BOB)).message_id).toBe(1)
    expect((await stage.client.sendText(ANN, 'more')).message_id).toBe(2)
  })

  it('downloads a photo in its sizes and sends one back', async () => {
    stage.bot.on('message:photo', async (ctx) => {
      const largest = await ctx.getFile()
      const answer = await fetch(`${stage.emulator.url}/file/bot${TOKEN}/${largest.file_path}`)
      const { width, format } = await sharp(await answer.arrayBuffer()).metadata()
      await ctx.replyWithPhoto(new InputFile(await png(640, 480), 'out.png'), {
        caption: `${format} ${width}`,
      })
    })
    await stage.poll()
    const sent = await stage.client.sendPhoto(ANN, {
      bytes: await png(2000, 1000),
      name: 'a.png',
      mime: 'image/png',
    })
    expect(sent.photo?.map((size) => [size.width, size.height])).toEqual([
      [90, 45],
      [320, 160],
      [1280, 640],
    ])
    const back = await stage.client.waitForMessage(ANN, (m) => m.caption === 'jpeg 1280')
    expect(back.photo?.at(-1)).toMatchObject({ width: 640, height: 480 })
  })

  it('passes documents, stickers and files by their id', async () => {
    stage.bot.on('message:document', (ctx) => ctx.replyWithDocument(ctx.msg.document.file_id))
    stage.bot.on('message:sticker', (ctx) => ctx.reply(`sticker ${ctx.msg.sticker.is_animated}`))
    await stage.poll()
    const bytes = new TextEncoder().encode('%PDF-1.4')
    const sent = await stage.client.sendDocument(ANN, { bytes, name: 'a.pdf', mime: 'application/pdf' })
    expect(sent.document).toMatchObject({ file_name: 'a.pdf', mime_type: 'application/pdf', file_size: 8 })
    const back = await stage.client.waitForMessage(ANN, (m) => m.from?.is_bot === true)
    expect(back.document?.file_unique_id).toBe(sent.document?.file_unique_id)
    await stage.client.sendSticker(
      ANN,
      { bytes, name: 's.tgs', mime: 'application/x-tgsticker' },
      { animated: true },
    )
    await stage.client.waitForMessage(ANN, (m) => m.text === 'sticker true')
  })

  it('answers a pressed button and edits its message', async () => {
    stage.bot.command('menu', (ctx) =>
      ctx.reply('<b>Pick</b> one', {
        parse_mode: 'HTML',
        reply_markup: new InlineKeyboard().text('One', 'pick:1'),
      }),
    )
    stage.bot.callbackQuery('pick:1', async (ctx) => {
      await ctx.answerCallbackQuery({ text: 'picked', show_alert: true })
      await ctx.editMessageText('Picked 1')
    })
    await stage.poll()
    await stage.client.sendText(ANN, '/menu')
    const menu = await stage.client.waitForMessage(ANN, (m) => m.text === 'Pick one')
    expect(menu.entities).toEqual([{ type: 'bold', offset: 0, length: 4 }])
    const pressed = await stage.client.press(ANN, menu.message_id, { data: 'pick:1', waitMs: 5_000 })
    expect(pressed.answer).toEqual({ text: 'picked', show_alert: true })
    const edited = await stage.client.waitForMessage(ANN, (m) => m.text === 'Picked 1')
    expect(edited.message_id).toBe(menu.message_id)
    expect(edited.reply_markup).toBeUndefined()
  })

  it('keeps the keyboard under the text box until it is removed', async () => {
    await stage.client.start(ANN)
    await stage.bot.api.sendMessage(ANN, 'keys', { reply_markup: new Keyboard().text('Balance').resized() })
    expect((await stage.client.chat(ANN)).reply_keyboard).toMatchObject({ keyboard: [[{ text: 'Balance' }]] })
    await stage.bot.api.sendMessage(ANN, 'gone', { reply_markup: { remove_keyboard: true } })
    expect((await stage.client.chat(ANN)).reply_keyboard).toBeNull()
  })

  it('swaps media, captions and keyboards, and deletes', async () => {
    await stage.client.start(ANN)
    const { api } = stage.bot
    const sent = await api.sendPhoto(ANN, new InputFile(await png(200, 100)), { caption: 'one' })
    const media = { type: 'photo' as const, media: new InputFile(await png(100, 300)), caption: 'two' }
    await api.editMessageMedia(ANN, sent.message_id, media)
    await api.editMessageCaption(ANN, sent.message_id, { caption: 'three' })
    const keyboard = { inline_keyboard: [[{ text: 'x', callback_data: 'x' }]] }
    await api.editMessageReplyMarkup(ANN, sent.message_id, { reply_markup: keyboard })
    const now = await stage.client.waitForMessage(ANN, (m) => m.message_id === sent.message_id)
    expect(now).toMatchObject({ caption: 'three', reply_markup: keyboard })
    expect(now.photo?.at(-1)).toMatchObject({ width: 100, height: 300 })
    await api.deleteMessage(ANN, sent.message_id)
    expect((await stage.client.messages(ANN)).messages.map((m) => m.text)).toEqual(['/start'])
  })

  it('hears of a block and cannot write until the person starts again', async () => {
    const statuses: string[] = []
    stage.bot.on('my_chat_member', (ctx) => void statuses.push(ctx.myChatMember.new_chat_member.status))
    stage.bot.on('message').filter(
      () => statuses.length === 2,
      (ctx) => ctx.reply('back'),
    )
    await stage.client.start(ANN)
    await stage.client.block(ANN)
    await expect(stage.bot.api.sendMessage(ANN, 'x')).rejects.toMatchObject({
      error_code: 403,
      description: 'Forbidden: bot was blocked by the user',
    })
    await stage.poll()
    const { revision } = await stage.client.chat(ANN)
    await stage.client.start(ANN)
    await stage.client.waitForMessage(ANN, (m) => m.text === 'back', { after: revision })
    expect(statuses).toEqual(['kicked', 'member'])
  })
})
