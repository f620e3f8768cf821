import { onBothEngines } from '@botdeck/shared/testing/engines'
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { eventsOf, inboxStates, personAt } from '../../testing/records.ts'
import { ADMIN, ANN, OLGA, openStage, PUBLIC_URL, photo, type Stage, said } from '../../testing/stage.ts'

onBothEngines('what people send', (test) => {
  let stage: Stage
  beforeEach(async () => {
    stage = await openStage(test.db)
    await stage.client.start(ANN)
    await stage.settle()
  })
  afterEach(() => stage.close())

  const file = (name: string, mime: string, bytes = 100) => ({ bytes: new Uint8Array(bytes), name, mime })
  const answer = async () => {
    await stage.settle()
    return (await said(stage, ANN)).at(-1)
  }

  describe('a wrong input', () => {
    afterEach(async () => {
      expect(await personAt(test.db, ANN)).toMatchObject({ credits: 3 })
      expect(new Set(await inboxStates(test.db))).toEqual(new Set(['done']))
    })

    it('is answered by what it was: text, a PDF, a sticker, a command nobody knows', async () => {
      await stage.client.sendText(ANN, 'hello <b>')
      expect(await answer()).toBe('I work with photos. Send me one, or choose an effect first.')
      await stage.client.sendDocument(ANN, file('paper.pdf', 'application/pdf'))
      expect(await answer()).toContain('cannot work on this kind of file')
      await stage.client.sendSticker(ANN, file('a.tgs', 'application/x-tgsticker'), { animated: true })
      expect(await answer()).toContain('cannot work on stickers')
      await stage.client.sendText(ANN, '/nothing')
      expect(await answer()).toBe('I do not know this command. /help shows what I can do.')
    })

    it('is told that a file is too large to fetch', async () => {
      await stage.client.sendDocument(ANN, file('big.png', 'image/png', 20 * 1024 * 1024 + 1))
      expect(await answer()).toContain('larger than 20 MB')
    })

    it('is reminded of the photo when an effect waits for one', async () => {
      await stage.press(ANN, 'categories')
      await stage.settle()
      await stage.press(ANN, 'category:classic')
      await stage.settle()
      await stage.press(ANN, 'effect:noir')
      await stage.client.sendText(ANN, 'which photo?')
      expect(await answer()).toContain('I am waiting for a photo')
    })

    it('gives the credits back for a picture that cannot be read', async () => {
      await stage.client.sendDocument(ANN, file('broken.png', 'image/png'))
      await stage.settle()
      await stage.press(ANN, 'category:classic')
      await stage.settle()
      await stage.press(ANN, 'effect:noir')
      expect(await answer()).toBe(
        'I cannot read this picture. Your credits are back: you have 3. Please send it again, as a photo.',
      )
      expect(await eventsOf(test.db, ANN)).toContain('generation_failed')
    })
  })

  it('takes a picture sent as a file', async () => {
    await stage.client.sendDocument(ANN, await photo())
    expect(await answer()).toContain('Nice photo!')
  })

  it('answers a button that no longer exists', async () => {
    const id = 900_000_001
    const from = { id: ANN, is_bot: false, first_name: 'Ann' }
    const callback = { id: '5', from, chat_instance: '1', data: 'promo:1' }
    await stage.runtime.inbox.receive([{ update_id: id, callback_query: callback }])
    await stage.runtime.inbox.drained()
    expect(await inboxStates(test.db)).toEqual(['done', 'done'])
  })

  it('speaks the language chosen, over that of Telegram', async () => {
    await stage.client.start(OLGA)
    await stage.client.sendText(OLGA, '/language')
    await stage.settle()
    expect((await said(stage, OLGA)).at(-1)).toBe('Выберите язык.')
    await stage.press(OLGA, 'language:en')
    await stage.settle()
    await stage.client.sendText(OLGA, '/nothing')
    await stage.settle()
    expect((await said(stage, OLGA)).at(-1)).toBe('I do not know this command. /help shows what I can do.')
  })

  it('opens the panel to admins alone', async () => {
    await stage.client.sendText(ANN, '/admin')
    expect(await answer()).toBe('I do not know this command. /help shows what I can do.')
    await stage.client.sendText(ADMIN, '/admin')
    await stage.settle()
    const message = await stage.lastOf(ADMIN)
    expect(message?.reply_markup?.inline_keyboard).toEqual([
      [{ text: 'Panel', web_app: { url: PUBLIC_URL } }],
    ])
    const { menu_button } = await stage.client.chat(ADMIN)
    expect(menu_button).toEqual({ type: 'web_app', text: 'Panel', web_app: { url: PUBLIC_URL } })
    const { admins } = test.db.t
    await stage.runtime.menus?.sync()
    await test.db.transaction(async (tx) => {
      await tx.orm.delete(admins).where(eq(admins.telegramId, ADMIN))
    })
    await stage.runtime.menus?.sync()
    expect((await stage.client.chat(ADMIN)).menu_button.type).not.toBe('web_app')
  })

  it('says one sentence to somebody who is banned, and records that they wrote', async () => {
    const { users } = test.db.t
    await test.db.transaction(async (tx) => {
      await tx.orm.update(users).set({ banned: true }).where(eq(users.telegramId, ANN))
    })
    await stage.client.sendPhoto(ANN, await photo())
    expect(await answer()).toContain('You cannot use this bot any more.')
    expect((await eventsOf(test.db, ANN)).filter((type) => type === 'message_received')).toHaveLength(2)
  })

  it('knows who has blocked it, and who has come back', async () => {
    await stage.client.block(ANN)
    await stage.settle()
    expect((await personAt(test.db, ANN)).blockedAt).not.toBeNull()
    await stage.client.unblock(ANN)
    await stage.settle()
    expect((await personAt(test.db, ANN)).blockedAt).toBeNull()
    expect((await eventsOf(test.db, ANN)).slice(-2)).toEqual(['bot_blocked', 'bot_unblocked'])
  })

  it('takes a person who writes for one who has come back, where it never heard of it', async () => {
    const blockedAt = Date.now() - 60_000
    const { users } = test.db.t
    await test.db.transaction(async (tx) => {
      const blocked = { blockedAt, blockChangedAt: blockedAt }
      await tx.orm.update(users).set(blocked).where(eq(users.telegramId, ANN))
    })
    await stage.client.sendText(ANN, '/balance')
    await stage.settle()
    expect((await personAt(test.db, ANN)).blockedAt).toBeNull()
    expect(await eventsOf(test.db, ANN)).toContain('bot_unblocked')
  })
})
