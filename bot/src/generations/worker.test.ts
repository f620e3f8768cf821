import type { Db } from '@botdeck/shared/db/db'
import { onBothEngines } from '@botdeck/shared/testing/engines'
import { afterEach, expect, it } from 'vitest'
import { eventsOf, personAt, wrongBalances } from '../../testing/records.ts'
import { ANN, OLGA, openStage, photo, type Stage, said } from '../../testing/stage.ts'
import { GenerationFailure, type ImageGenerator } from '../images/image-generator.ts'
import { createLocalGenerator } from '../images/local.ts'

const failing = (error: Error): ImageGenerator => ({
  timeLimitMs: 5000,
  generate: () => Promise.reject(error),
})
const endless: ImageGenerator = { timeLimitMs: 50, generate: () => new Promise(() => {}) }

onBothEngines('the picture worker', (test) => {
  let stage: Stage
  afterEach(() => stage.close())

  async function order(personId: number) {
    await stage.client.start(personId)
    await stage.client.sendPhoto(personId, await photo())
    await stage.settle()
    await stage.press(personId, 'category:art')
    await stage.settle()
    await stage.press(personId, 'effect:comic')
    await stage.settle()
  }

  it('gives the credits back and says why when the service refuses', async () => {
    stage = await openStage(test.db, { generator: failing(new GenerationFailure('safety_block', 'no')) })
    await order(ANN)
    expect((await said(stage, ANN)).at(-1)).toContain(
      'refuses to work on this photo. Your credits are back: you have 3.',
    )
    expect(await personAt(test.db, ANN)).toMatchObject({ credits: 3, generations: 0 })
    const told = (await eventsOf(test.db, ANN)).filter((type) => type !== 'message_sent')
    expect(told.slice(-2)).toEqual(['generation_failed', 'credits_changed'])
    expect(await wrongBalances(test.db)).toEqual([])
  })

  it('does not wait longer than its limit', async () => {
    stage = await openStage(test.db, { generator: endless })
    await order(OLGA)
    expect((await said(stage, OLGA)).at(-1)).toContain('вышло слишком долго')
    const [row] = await test.db.orm.select().from(test.db.t.generations)
    expect(row).toMatchObject({ status: 'failed', errorType: 'timeout' })
    expect(await personAt(test.db, OLGA)).toMatchObject({ credits: 3 })
  })

  it('charges nobody who has blocked the bot meanwhile, and lets the matter rest', async () => {
    stage = await openStage(test.db)
    await stage.client.addFault({ method: 'sendPhoto', kind: '403' })
    await order(ANN)
    const [row] = await test.db.orm.select().from(test.db.t.generations)
    expect(row).toMatchObject({ status: 'failed', errorType: 'provider_error' })
    expect(row?.answeredAt).not.toBeNull()
    const person = await personAt(test.db, ANN)
    expect(person).toMatchObject({ credits: 3 })
    expect(person.blockedAt).not.toBeNull()
  })

  it('neither takes back nor repeats a picture because the database was away when it arrived', async () => {
    let failures = 0
    const db: Db = {
      ...test.db,
      transaction: (work) => {
        if (failures === 0) return test.db.transaction(work)
        failures -= 1
        return Promise.reject(Object.assign(new Error('the database is away'), { code: 'SQLITE_BUSY' }))
      },
    }
    const local = createLocalGenerator()
    const generator: ImageGenerator = {
      timeLimitMs: local.timeLimitMs,
      generate: async (wish) => {
        const picture = await local.generate(wish)
        failures = 2
        return picture
      },
    }
    stage = await openStage(db, { generator })
    await order(ANN)
    const pictures = (await stage.client.messages(ANN)).messages.filter(
      ({ photo: sent, from }) => sent && from?.is_bot,
    )
    expect(pictures).toHaveLength(1)
    const [row] = await test.db.orm.select().from(test.db.t.generations)
    expect(row).toMatchObject({ status: 'succeeded', errorType: null, attempts: 1 })
    expect(await personAt(test.db, ANN)).toMatchObject({ credits: 1, generations: 1 })
    expect(await wrongBalances(test.db)).toEqual([])
  })

  it('sends the apology that an earlier process still owed', async () => {
    stage = await openStage(test.db, { generator: failing(new Error('broken')) })
    await order(ANN)
    const { generations } = test.db.t
    await test.db.transaction(async (tx) => {
      await tx.orm.update(generations).set({ answeredAt: null })
    })
    await stage.restart()
    await stage.settle()
    const apologies = (await said(stage, ANN)).filter((text) =>
      text.startsWith('The picture could not be made.'),
    )
    expect(apologies).toHaveLength(2)
    expect(await personAt(test.db, ANN)).toMatchObject({ credits: 3 })
  })
})
