import { onBothEngines } from '@botdeck/shared/testing/engines'
import { afterEach, expect, it } from 'vitest'
import { eventsOf, inboxStates, personAt, wrongBalances } from '../../testing/records.ts'
import { ANN, BOB, buttonsOf, openStage, photo, type Stage, said } from '../../testing/stage.ts'

onBothEngines('a first visit', (test) => {
  let stage: Stage
  afterEach(() => stage.close())

  it('goes from the greeting over an effect and a photo to a picture', async () => {
    stage = await openStage(test.db)
    await stage.client.start(ANN, 'src_news')
    await stage.settle()
    await stage.press(ANN, 'categories')
    await stage.settle()
    await stage.press(ANN, 'category:classic')
    await stage.settle()
    await stage.press(ANN, 'effect:noir')
    await stage.settle()
    await stage.client.sendPhoto(ANN, await photo())
    await stage.settle()
    const texts = await said(stage, ANN)
    expect(texts.at(-2)).toBe('🎨 Making Noir … You have 2 credits left.')
    expect(texts.at(-1)).toBe('Noir · 2 credits left')
    const picture = await stage.lastOf(ANN)
    expect(picture?.photo?.at(-1)).toMatchObject({ width: 64, height: 48 })
    expect(buttonsOf(picture)).toEqual(['again:1', 'store'])
    expect(await personAt(test.db, ANN)).toMatchObject({ credits: 2, source: 'news', generations: 1 })
    expect(await eventsOf(test.db, ANN)).toEqual([
      'message_received',
      'command_used',
      'credits_changed',
      'started',
      'message_sent',
      'category_browsed',
      'effect_viewed',
      'message_received',
      'credits_changed',
      'generation_requested',
      'message_sent',
      'generation_succeeded',
      'message_sent',
    ])
    expect(new Set(await inboxStates(test.db))).toEqual(new Set(['done']))
  })

  it('takes the photo first and the effect afterwards, and makes another one of the same photo', async () => {
    stage = await openStage(test.db)
    await stage.client.start(ANN)
    await stage.client.sendPhoto(ANN, await photo())
    await stage.settle()
    expect((await said(stage, ANN)).at(-1)).toBe('Nice photo! Which effect shall it get? Choose a category.')
    await stage.press(ANN, 'category:mood')
    await stage.settle()
    await stage.press(ANN, 'effect:duotone')
    await stage.settle()
    expect((await said(stage, ANN)).at(-1)).toBe('Duotone · 2 credits left')
    await stage.press(ANN, 'again:1')
    await stage.settle()
    await stage.press(ANN, 'category:art')
    await stage.settle()
    await stage.press(ANN, 'effect:comic')
    await stage.settle()
    expect((await said(stage, ANN)).at(-1)).toBe('Comic · 0 credits left')
    await stage.client.sendPhoto(ANN, await photo())
    await stage.settle()
    await stage.press(ANN, 'category:art')
    await stage.settle()
    await stage.press(ANN, 'effect:pixel')
    await stage.settle()
    expect((await said(stage, ANN)).at(-1)).toContain('Pixel art takes 1 credit, and you have 0.')
    expect(await personAt(test.db, ANN)).toMatchObject({ credits: 0, generations: 2 })
    expect(await wrongBalances(test.db)).toEqual([])
  })

  it('thanks the one who invited, once, and only for somebody new', async () => {
    stage = await openStage(test.db)
    await stage.client.start(ANN)
    await stage.settle()
    for (const payload of [`ref_${ANN}`, `ref_${ANN}`]) await stage.client.start(BOB, payload)
    await stage.settle()
    for (let picture = 0; picture < 2; picture += 1) {
      await stage.client.sendPhoto(BOB, await photo())
      await stage.settle()
      await stage.press(BOB, 'category:classic')
      await stage.settle()
      await stage.press(BOB, 'effect:sepia')
      await stage.settle()
    }
    expect(await personAt(test.db, ANN)).toMatchObject({ credits: 5 })
    const thanks = '🎁 Somebody you invited has made their first picture: here are 2 credits for you.'
    expect((await said(stage, ANN)).filter((text) => text === thanks)).toHaveLength(1)
    await stage.client.start(ANN, `ref_${BOB}`)
    await stage.settle()
    expect((await personAt(test.db, ANN)).referredBy).toBeNull()
    await stage.client.sendText(ANN, '/invite')
    await stage.settle()
    const text = (await said(stage, ANN)).at(-1)
    expect(text).toContain(`https://t.me/stage_bot?start=ref_${ANN}`)
    expect(text).toContain('Came by your link: 1 · made a picture: 1 · credits earned: 2')
  })
})
