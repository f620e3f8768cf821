import { track } from '@botdeck/shared/actions/track'
import type { Ads } from '@botdeck/shared/contract/stats/ads'
import { blueprintNow as now, writeBlueprint } from '@botdeck/shared/testing/blueprint'
import { onBothEngines } from '@botdeck/shared/testing/engines'
import { expect, it } from 'vitest'
import { ask, askNames, rollUp } from '../testing/stats.ts'
import type { PeopleParams, StatParams } from './requests.ts'

const week = { from: '2026-03-25', to: '2026-03-31' }

onBothEngines('ads', (test) => {
  const ads = (params: StatParams['ads']): Promise<Ads> => ask(test.db, 'ads', { params, now })
  const names = (params: PeopleParams['ads']) => askNames(test.db, 'ads', { params, now })

  /** fay sees `tea` twice and clicks once, gus sees it once and `car` once; cat saw `car` the week before. */
  async function write(): Promise<void> {
    const uids = await writeBlueprint(test.db, () => rollUp(test.db, now))
    const event = (name: keyof typeof uids, day: string, type: string, adId: string) => ({
      uid: uids[name],
      type,
      at: Date.parse(`2026-03-${day}T10:00:00Z`),
      props: { adId },
    })
    await test.db.transaction((tx) =>
      track(tx, [
        event('fay', '29', 'ad_shown', 'tea'),
        event('fay', '30', 'ad_shown', 'tea'),
        event('fay', '30', 'ad_clicked', 'tea'),
        event('gus', '30', 'ad_shown', 'tea'),
        event('gus', '31', 'ad_shown', 'car'),
        event('jon', '31', 'ad_clicked', 'car'),
        event('cat', '20', 'ad_shown', 'car'),
      ]),
    )
    await rollUp(test.db, now)
  }

  it('count what was shown and clicked, per ad and in all, beside the period before', async () => {
    await write()
    const { current, previous } = await ads(week)
    expect(current.ads).toEqual([
      { adId: 'tea', shown: 3, people: 2, clicked: 1, clickers: 1, clickRate: 1 / 3 },
      { adId: 'car', shown: 1, people: 1, clicked: 0, clickers: 0, clickRate: 0 },
    ])
    expect(current.total).toEqual({ shown: 4, people: 2, clicked: 1, clickers: 1, clickRate: 0.25 })
    expect(previous?.total).toEqual({ shown: 1, people: 1, clicked: 0, clickers: 0, clickRate: 0 })
    const withStaff = await ads({ ...week, includeStaff: true })
    expect(withStaff.current.total).toMatchObject({ clicked: 2, clickers: 2 })
  })

  it('list the people of a figure and of an ad', async () => {
    await write()
    expect(await names({ ...week, cell: 'people' })).toBe('gus fay')
    expect(await names({ ...week, cell: 'shown', adId: 'car' })).toBe('gus')
    expect(await names({ ...week, cell: 'clickers' })).toBe('fay')
    expect(await names({ ...week, cell: 'clicked', adId: 'none' })).toBe('')
  })

  it('answer an empty database', async () => {
    expect(await ads(week)).toMatchObject({
      current: { ads: [], total: { shown: 0, clickRate: null } },
      previous: null,
    })
  })
})
