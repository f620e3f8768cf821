import { expect, it } from 'vitest'
import { onBothEngines, type TestDb } from '#testing/engines'
import { findPerson, type Person, upsertPerson } from './people.ts'
import { applyStartPayload, stateSource } from './sources.ts'

async function after(test: TestDb, starts: [payload: string | undefined, at: number][]): Promise<Person> {
  await test.db.transaction(async (tx) => {
    for (const [payload, at] of starts) {
      const { person } = await upsertPerson(tx, { telegramId: 1 }, 0)
      await applyStartPayload(tx, person, { payload, at })
    }
  })
  const person = await findPerson(test.db, 1)
  if (!person) throw new Error('nobody')
  return person
}

onBothEngines('applyStartPayload', (test) => {
  it('keeps the first touch and moves the last', async () => {
    expect(
      await after(test, [
        ['src_news', 10],
        ['src_ads', 20],
      ]),
    ).toMatchObject({ source: 'news', lastSource: 'ads' })
  })

  it('finds the first touch among events that arrive late', async () => {
    expect(
      await after(test, [
        ['src_ads', 20],
        ['src_news', 10],
      ]),
    ).toMatchObject({ source: 'news', lastSource: 'ads' })
  })

  it('calls no payload direct, and lets a name be the last touch', async () => {
    const inOrder = await after(test, [
      [undefined, 10],
      ['src_ads', 20],
      [undefined, 30],
    ])
    expect(inOrder).toMatchObject({ source: 'direct', lastSource: 'ads' })
  })

  it('comes to the same when a direct start arrives last', async () => {
    const late = await after(test, [
      ['src_ads', 20],
      [undefined, 30],
      [undefined, 10],
    ])
    expect(late).toMatchObject({ source: 'direct', lastSource: 'ads' })
  })

  it('takes any other payload as the source itself', async () => {
    expect(await after(test, [['promo-spring', 10]])).toMatchObject({ source: 'promo-spring' })
  })

  it('makes the referrer a person and keeps the earliest referral', async () => {
    const person = await after(test, [
      ['ref_77', 20],
      ['ref_78', 30],
      ['ref_79', 10],
    ])
    const referrer = await findPerson(test.db, 79)
    expect(person.referredBy).toBe(referrer?.uid)
    const rows = await test.db.orm.select().from(test.db.t.referrals)
    expect(rows).toMatchObject([{ invited: person.uid, referrer: referrer?.uid, at: 10 }])
  })

  it('gives nothing for one’s own link', async () => {
    expect(await after(test, [['ref_1', 10]])).toMatchObject({ referredBy: null })
  })
})

onBothEngines('stateSource', (test) => {
  it('sets the first source for ever and a later one as the last touch', async () => {
    await test.db.transaction(async (tx) => {
      for (const source of ['news', 'ads']) {
        const { person } = await upsertPerson(tx, { telegramId: 1 }, 0)
        await stateSource(tx, person, source, 50)
      }
    })
    const person = await after(test, [['src_earlier', 10]])
    expect(person).toMatchObject({ source: 'news', lastSource: 'ads' })
  })
})
