import { upsertPerson } from '@botdeck/shared/actions/people'
import { saveSegment } from '@botdeck/shared/actions/saved-segments'
import { writeSettings } from '@botdeck/shared/actions/settings'
import type { Condition } from '@botdeck/shared/domain/conditions'
import { defaultSegmentThresholds } from '@botdeck/shared/domain/segments'
import { expect, it } from 'vitest'
import { rebuild } from '../rollup/rebuild.ts'
import { noon, onStage, type Stage } from '../testing/stage.ts'

/*
 * id    name        credits  paid  first seen   last active
 * 42    Ann         3        –     today        today
 * 43    Борис       0        –     40 days ago  40 days ago
 * 430   Cara        5        yes   60 days ago  20 days ago
 * 5     (staff)     –        –     today        today
 */
const daysAgo = (days: number) => new Date(noon - days * 86_400_000).toISOString()
const paid = { packageId: 'p', amount: 100, currency: 'XTR', chargeId: 'c1' }

async function fill(stage: Stage): Promise<void> {
  await stage.post({
    users: [
      { id: 42, username: 'Ann_1', firstName: 'Ann', credits: 3, languageCode: 'en', source: 'news' },
      { id: 43, username: 'boris', firstName: 'Борис', credits: 0 },
      { id: 430, firstName: 'Cara 100%', credits: 5, referredBy: 42 },
      { id: 5, firstName: 'Staff', test: true },
    ],
    events: [
      { userId: 42, type: 'started', at: daysAgo(0) },
      { userId: 43, type: 'started', at: daysAgo(40) },
      { userId: 430, type: 'started', at: daysAgo(60) },
      { userId: 430, type: 'payment_completed', at: daysAgo(20), props: paid },
      { userId: 43, type: 'bot_blocked', at: daysAgo(39) },
      { userId: 5, type: 'started', at: daysAgo(0) },
    ],
  })
  await rebuild(stage.db, { now: () => noon })
}

onStage('GET /api/users', (stage) => {
  const list = async (query: string) => {
    const token = await stage.signIn()
    const { status, body } = await stage.request('GET', `/api/users?${query}`, { token })
    return { status, body, ids: body.users?.map((user: { id: number }) => user.id) }
  }

  it('lists people, the latest active first, without staff', async () => {
    await fill(stage)
    const { body, ids } = await list('')
    expect([body.total, ids, body.nextCursor]).toEqual([3, [42, 430, 43], null])
    expect(body.users[0]).toEqual({
      id: 42,
      firstName: 'Ann',
      username: 'Ann_1',
      language: 'en',
      source: 'news',
      tier: 'new',
      credits: 3,
      purchases: 0,
      generations: 0,
      blocked: false,
      firstSeenAt: '2026-05-13T12:00:00.000Z',
      lastActiveAt: '2026-05-13T12:00:00.000Z',
    })
    expect((await list('includeStaff=true')).body.total).toBe(4)
  })

  it('orders who acted at one instant, or never, by id, on every page', async () => {
    const ids = [9, 3, 7, 4, 8]
    await stage.post({
      users: ids.map((id) => ({ id })),
      events: [7, 9, 3].map((userId) => ({ userId, type: 'started', at: daysAgo(0) })),
    })
    await rebuild(stage.db, { now: () => noon })
    const met: number[] = []
    let cursor = ''
    do {
      const page = await list(`limit=2${cursor}`)
      met.push(...page.ids)
      cursor = page.body.nextCursor === null ? '' : `&cursor=${page.body.nextCursor}`
    } while (cursor !== '')
    expect(met).toEqual([3, 7, 9, 4, 8])
  })

  it('searches ids by their beginning, usernames after @, and names whatever the case', async () => {
    await fill(stage)
    const found = async (search: string) => (await list(`search=${encodeURIComponent(search)}`)).ids
    expect(await found('43')).toEqual([430, 43])
    expect(await found('430')).toEqual([430])
    expect(await found('@ANN')).toEqual([42])
    expect(await found('@ann1')).toEqual([])
    expect(await found('бОРИС')).toEqual([43])
    expect(await found('100%')).toEqual([430])
    expect(await found('%')).toEqual([430])
    expect(await found('\\')).toEqual([])
    expect(await found(' ')).toEqual([42, 430, 43])
  })

  it('filters by segment as the definitions have it', async () => {
    await fill(stage)
    const segments = [
      'new',
      'active_free',
      'exhausted_free',
      'paying',
      'churned',
      'power',
      'at_risk',
      'blocked',
    ]
    const found = []
    for (const segment of segments) found.push((await list(`segment=${segment}`)).ids)
    expect(found).toEqual([[42], [42], [43], [430], [43], [], [430], [43]])
  })

  it('filters by the thresholds of the settings', async () => {
    await fill(stage)
    const thresholds = { ...defaultSegmentThresholds, churnedDays: 400 }
    await stage.db.transaction((tx) => writeSettings(tx, { segments: thresholds }, noon))
    expect((await list('segment=churned')).ids).toEqual([])
  })

  it('filters by a saved segment, page by page, with search and order', async () => {
    await fill(stage)
    const notNew: Condition = { scope: 'user', key: 'segment', op: 'ne', value: 'new' }
    await stage.db.transaction((tx) =>
      saveSegment(tx, { name: 'Not new', conditions: [notNew], createdBy: 1 }, noon),
    )
    const segment = 'segment=Not%20new'
    expect((await list(segment)).ids).toEqual([430, 43])
    expect((await list(`${segment}&sort=firstSeenAt&order=asc&limit=1`)).body.total).toBe(2)
    expect((await list(`${segment}&search=430`)).ids).toEqual([430])
    const { body } = await list(`${segment}&limit=1`)
    expect((await list(`${segment}&limit=1&cursor=${body.nextCursor}`)).ids).toEqual([43])
    const unknown = await list('segment=nothing%20of%20that%20name')
    expect([unknown.status, unknown.body.error.field]).toEqual([422, 'segment'])
  })

  it('puts a person at the edge of a segment on the right side of midnight', async () => {
    await stage.post({
      events: [
        { userId: 1, type: 'x', at: '2026-05-07T00:00:00Z' },
        { userId: 2, type: 'x', at: '2026-05-06T23:59:59Z' },
      ],
    })
    await rebuild(stage.db, { now: () => noon })
    expect((await list('segment=new')).ids).toEqual([1])
  })

  it('pages through every person once, by each order', async () => {
    await fill(stage)
    const token = await stage.signIn()
    for (const sort of ['lastActiveAt', 'firstSeenAt', 'purchases', 'generations', 'credits'])
      for (const order of ['asc', 'desc']) {
        const seen: number[] = []
        let cursor: string | null = ''
        while (cursor !== null) {
          const after: string = cursor === '' ? '' : `&cursor=${cursor}`
          const { body } = await stage.request(
            'GET',
            `/api/users?limit=1&sort=${sort}&order=${order}${after}`,
            { token },
          )
          expect(body.total).toBe(3)
          seen.push(body.users[0].id)
          cursor = body.nextCursor
        }
        expect([...seen].sort()).toEqual([42, 43, 430])
      }
  })

  it('refuses a cursor of its own making and unknown fields with 422', async () => {
    expect((await list('cursor=abc')).body.error.field).toBe('cursor')
    expect((await list('colour=red')).body.error.field).toBe('colour')
    expect((await list('limit=1001')).body.error.field).toBe('limit')
  })
})

onStage('GET /api/users/:id', (stage) => {
  it('tells everything of one person', async () => {
    await fill(stage)
    const token = await stage.signIn()
    const { body } = await stage.request('GET', '/api/users/430', { token })
    expect(body).toMatchObject({
      id: 430,
      purchases: 1,
      net: { amount: 100, currency: 'XTR' },
      referredBy: { id: 42, firstName: 'Ann' },
      segments: ['paying', 'at_risk'],
      staff: false,
    })
    expect((await stage.request('GET', '/api/users/42', { token })).body).toMatchObject({ invited: 1 })
  })

  it('answers 404 for an id that nobody has and 422 for what is no id', async () => {
    const token = await stage.signIn()
    expect((await stage.request('GET', '/api/users/77', { token })).status).toBe(404)
    expect((await stage.request('GET', '/api/users/77/events', { token })).status).toBe(404)
    expect((await stage.request('GET', '/api/users/ann', { token })).status).toBe(422)
    expect((await stage.request('GET', '/api/users/77')).status).toBe(401)
  })

  it('knows a person who has done nothing', async () => {
    await stage.db.transaction((tx) => upsertPerson(tx, { telegramId: 9 }, noon))
    const token = await stage.signIn()
    const { body } = await stage.request('GET', '/api/users/9', { token })
    expect(body).toMatchObject({ firstSeenAt: null, lastActiveAt: null, credits: null, segments: [] })
  })

  it('names saved segments and variants by the first exposure', async () => {
    const exposed = (at: string, variant: string) => ({
      userId: 5,
      type: 'experiment_exposed',
      at,
      props: { experiment: 'button', variant },
    })
    await stage.post({
      users: [{ id: 5, props: { plan: 'pro' } }],
      events: [exposed('2026-05-12T10:00:00Z', 'large'), exposed('2026-05-12T09:00:00Z', 'control')],
    })
    const user = (key: string, value: string): Condition => ({ scope: 'user', key, op: 'eq', value })
    await stage.db.transaction(async (tx) => {
      const save = (name: string, conditions: Condition[]) =>
        saveSegment(tx, { name, conditions, createdBy: 1 }, noon)
      await save('Pros', [user('plan', 'pro'), user('variant:button', 'control')])
      await save('Others', [user('variant:button', 'large')])
      await save('New pros', [user('segment', 'Pros'), user('segment', 'new')])
    })
    await rebuild(stage.db, { now: () => noon })
    const { body } = await stage.request('GET', '/api/users/5', { token: await stage.signIn() })
    expect(body).toMatchObject({
      segments: ['new'],
      savedSegments: ['Pros', 'New pros'],
      variants: [{ experiment: 'button', variant: 'control' }],
    })
  })
})
