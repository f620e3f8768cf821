import { startExperiment } from '@botdeck/shared/actions/experiments'
import { Changes } from '@botdeck/shared/contract/stats/changes'
import { Effects } from '@botdeck/shared/contract/stats/effects'
import { ExperimentResults } from '@botdeck/shared/contract/stats/experiments'
import { Health } from '@botdeck/shared/contract/stats/health'
import { Now } from '@botdeck/shared/contract/stats/now'
import { Referrals } from '@botdeck/shared/contract/stats/referrals'
import { Segments } from '@botdeck/shared/contract/stats/segments'
import { Sources } from '@botdeck/shared/contract/stats/sources'
import { UserPage } from '@botdeck/shared/contract/users'
import { expect, it } from 'vitest'
import { noon, onStage } from '../testing/stage.ts'
import { rollUp } from '../testing/stats.ts'

const days = 'from=2026-05-11&to=2026-05-13'
const at = '2026-05-12T10:00:00Z'
const batch = {
  users: [{ id: 7, source: 'news', referredBy: 8 }],
  events: [
    { userId: 7, type: 'started', at },
    {
      userId: 7,
      type: 'generation_succeeded',
      at,
      props: { effectId: 'comic', credits: 1, processingMs: 9 },
    },
    { userId: 8, type: 'generation_failed', at, props: { effectId: 'comic', errorType: 'timeout' } },
    { userId: 7, type: 'experiment_exposed', at, props: { experiment: 'button', variant: 'large' } },
    {
      userId: 7,
      type: 'payment_completed',
      at,
      props: { packageId: 'pkg_10', amount: 50, currency: 'XTR', chargeId: 'c' },
    },
  ],
}

onStage('stats of the product over HTTP', (stage) => {
  async function tell(): Promise<string> {
    const { body } = await stage.post(batch)
    expect(body).toMatchObject({ accepted: 5, rejected: [] })
    await stage.db.transaction((tx) =>
      startExperiment(
        tx,
        {
          key: 'button',
          name: 'Button',
          variants: [
            { name: 'control', share: 1 },
            { name: 'large', share: 1 },
          ],
          goal: { event: 'payment_completed' },
          goalWindow: 3_600_000,
          sampleSize: 10,
        },
        noon - 86_400_000 * 3,
      ),
    )
    await rollUp(stage.db, noon)
    return stage.signIn('analyst')
  }
  const get = (path: string, token: string) => stage.request('GET', `/api/stats/${path}`, { token })

  it('are what the contract says', async () => {
    const token = await tell()
    const answers = [
      [Segments, 'segments'],
      [Segments, `segments?${days}&weekStart=sunday`],
      [Effects, `effects?${days}&interval=week`],
      [Sources, `sources?${days}`],
      [Referrals, `referrals?${days}`],
      [Changes, `changes?${days}`],
      [ExperimentResults, 'experiments'],
      [ExperimentResults, `experiments?${days}&key=button`],
      [Now, 'now'],
      [Health, 'health'],
    ] as const
    for (const [schema, path] of answers) {
      const { status, body } = await get(path, token)
      expect([path, status]).toEqual([path, 200])
      expect(schema.strict().parse(body)).toEqual(body)
    }
  })

  it('list as many people as their number says', async () => {
    const token = await tell()
    const lists = {
      'segments/people?segment=paying': 1,
      'segments/people?tier=new': 2,
      'segments/people': 2,
      [`effects/people?${days}&cell=users&effectId=comic`]: 2,
      [`effects/people?${days}&cell=failed&errorType=timeout`]: 1,
      [`sources/people?${days}&cell=payers&source=news`]: 1,
      [`sources/people?${days}&cell=users&touch=last&source=direct`]: 1,
      [`referrals/people?${days}&cell=referrers`]: 0,
      'referrals/people?from=2026-05-13&to=2026-05-13&cell=invited': 1,
      [`changes/people?${days}&kind=package&value=pkg_10&cell=current`]: 1,
      'experiments/people?key=button&cell=converted&variant=large': 1,
      'now/people?cell=active30': 0,
      'health/people?cell=paymentFailures': 0,
    }
    for (const [path, total] of Object.entries(lists)) {
      const { status, body } = await get(path, token)
      expect([path, status, body.total]).toEqual([path, 200, total])
      expect(UserPage.parse(body).users.length).toBe(total)
    }
  })

  it('refuse what they do not know with 422 and the field at fault', async () => {
    const token = await stage.signIn('analyst')
    const event = encodeURIComponent('[{"scope":"event","key":"a","op":"is_set"}]')
    const refused: [path: string, field: string][] = [
      ['segments/people?segment=a&tier=vip', 'tier'],
      ['segments?colour=red', 'colour'],
      ['segments?where=%5B', 'where'],
      [`segments?where=${event}`, 'where'],
      [`sources?${days}&where=${event}`, 'where'],
      [`referrals?${days}&where=${event}`, 'where'],
      [`changes?${days}&where=${event}`, 'where'],
      ['health?where='.concat(event), 'where'],
      ['effects?from=2026-05-11', 'to'],
      [`effects/people?${days}&cell=uses&errorType=timeout`, 'errorType'],
      [`effects/people?${days}&cell=failed&start=2026-05-12`, 'start'],
      [`effects/people?${days}&cell=uses&start=2026-06-01`, 'start'],
      ['experiments?from=2026-05-11', 'to'],
      ['experiments?key=unknown', 'key'],
      [`changes/people?${days}&kind=colour&value=red&cell=current`, 'kind'],
      ['now/people?cell=active7', 'cell'],
    ]
    for (const [path, field] of refused) {
      const { status, body } = await get(path, token)
      expect([path, status, body.error?.field]).toEqual([path, 422, field])
    }
  })
})
