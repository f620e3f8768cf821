import { expect, it } from 'vitest'
import { noon, onStage } from '../testing/stage.ts'

const button = {
  key: 'button',
  name: 'Large button',
  variants: [
    { name: 'control', share: 1 },
    { name: 'large', share: 1 },
  ],
  goal: { event: 'payment_completed' },
  goalWindowSeconds: 86_400,
  sampleSize: 500,
}

onStage('experiments', (stage) => {
  const begin = (token: string, experiment: object) =>
    stage.request('POST', '/api/experiments', { token, body: experiment })
  const change = (token: string, body: object, key = 'button') =>
    stage.request('PATCH', `/api/experiments/${key}`, { token, body })

  it('begin at once and are listed, the latest first', async () => {
    const token = await stage.signIn('manager')
    const { status, body } = await begin(token, button)
    expect(status).toBe(200)
    expect(body).toEqual({ ...button, startedAt: new Date(noon).toISOString(), endedAt: null })
    stage.now = noon + 1000
    await begin(token, { ...button, key: 'price' })
    const list = await stage.request('GET', '/api/experiments', { token })
    expect(list.body.experiments.map(({ key }: { key: string }) => key)).toEqual(['price', 'button'])
    expect((await begin(token, button)).status).toBe(409)
  })

  it('compute the sample from a plan', async () => {
    const token = await stage.signIn()
    const { sampleSize: _, goalWindowSeconds: __, ...rest } = button
    const { body } = await begin(token, { ...rest, plan: { baseline: 0.1, effect: 0.02 } })
    expect([body.sampleSize, body.goalWindowSeconds]).toEqual([3841, 604_800])
    expect((await begin(token, { ...rest, key: 'neither' })).body.error.field).toBe('sampleSize')
    const both = await begin(token, { ...button, key: 'both', plan: { baseline: 0.1, effect: 0.02 } })
    expect(both.body.error.field).toBe('sampleSize')
  })

  it('refuse arms that cannot be', async () => {
    const token = await stage.signIn()
    const [control] = button.variants
    for (const variants of [[control], [control, control], [control, { name: 'b', share: -1 }]])
      expect((await begin(token, { ...button, variants })).status).toBe(422)
    const none = button.variants.map(({ name }) => ({ name, share: 0 }))
    expect((await begin(token, { ...button, variants: none })).body.error.field).toBe('variants')
    expect((await begin(token, { ...button, goal: { event: [] } })).status).toBe(422)
  })

  it('change their shares from now on, and nothing else of their arms', async () => {
    const token = await stage.signIn()
    await begin(token, button)
    stage.now = noon + 5000
    const variants = button.variants.map(({ name }, index) => ({ name, share: index }))
    expect((await change(token, { variants })).body.variants).toEqual(variants)
    const [row] = await stage.db.orm.select().from(stage.db.t.experiments)
    expect(row?.variants.map(({ since }) => since)).toEqual([noon + 5000, noon + 5000])
    const other = await change(token, { variants: [...variants].reverse() })
    expect([other.status, other.body.error.field]).toEqual([422, 'variants'])
  })

  it('end once, and are renamed alone after that', async () => {
    const token = await stage.signIn()
    await begin(token, button)
    stage.now = noon + 5000
    await change(token, { ended: true })
    stage.now = noon + 9000
    const { body } = await change(token, { ended: true, name: 'Buttons' })
    expect([body.endedAt, body.name]).toEqual([new Date(noon + 5000).toISOString(), 'Buttons'])
    expect((await change(token, { variants: button.variants })).status).toBe(409)
    expect((await change(token, { name: 'x' }, 'unknown')).status).toBe(404)
  })

  it('are read by every role and run by managers', async () => {
    const token = await stage.signIn('analyst')
    expect((await stage.request('GET', '/api/experiments', { token })).status).toBe(200)
    expect((await begin(token, button)).status).toBe(403)
    expect((await change(token, {})).status).toBe(403)
  })
})
