import { expect, it } from 'vitest'
import { onStage } from './testing/stage.ts'

const range = 'from=2026-05-01&to=2026-05-07'
const steps = [{ event: 'started' }, { event: 'payment_completed' }]
const funnel = { from: '2026-05-01', to: '2026-05-07', steps }
const retention = { from: '2026-05-01', period: 'day', cohorts: 7, periods: 7 }

/** What is asked, and the field that the refusal must name. */
const refused: [path: string, body: object | undefined, field: string][] = [
  [`/api/stats/overview?${range}&colour=red`, undefined, 'colour'],
  ['/api/stats/overview?from=2026-05-01', undefined, 'to'],
  [`/api/stats/overview?${range}&where=x`, undefined, 'where'],
  [`/api/stats/overview/people?${range}&cell=nothing`, undefined, 'cell'],
  [`/api/stats/activity?${range}&includeStaff=1`, undefined, 'includeStaff'],
  [`/api/stats/activity/people?${range}&cell=dau`, undefined, 'start'],
  [`/api/stats/packages?${range}&currency=stars`, undefined, 'currency'],
  [`/api/stats/packages/people?${range}&cell=sales`, undefined, 'cell'],
  ['/api/stats/cohorts?by=colour&from=2026-05-01&cohorts=2&periods=2', undefined, 'by'],
  ['/api/stats/cohorts?from=2026-05-01&cohorts=366&periods=366', undefined, 'periods'],
  ['/api/stats/cohorts/people?from=2026-05-01&cohorts=2&periods=2&cell=users', undefined, 'start'],
  [
    '/api/stats/retention',
    { ...retention, breakdown: { scope: 'user', key: 'source', limit: 3 } },
    'breakdown',
  ],
  ['/api/stats/retention', { ...retention, cohorts: 0 }, 'cohorts'],
  ['/api/stats/retention', { ...retention, startEvent: { event: [] } }, 'startEvent.event'],
  ['/api/stats/retention', { ...retention, startEvent: { event: [null] } }, 'startEvent.event.0'],
  ['/api/stats/retention/people', { ...retention, cohort: 0 }, 'interval'],
  ['/api/stats/funnel', { ...funnel, steps: Array(11).fill({ event: 'x' }) }, 'steps'],
  ['/api/stats/funnel', { ...funnel, steps: [{ event: 'x' }] }, 'steps'],
  ['/api/stats/funnel', { ...funnel, order: 'any' }, 'order'],
  ['/api/stats/funnel', { ...funnel, report: 'table' }, 'report'],
  ['/api/stats/funnel', { ...funnel, exclusions: {} }, 'exclusions'],
  ['/api/stats/funnel', { ...funnel, window: { value: 366, unit: 'day' } }, 'window'],
  [
    '/api/stats/funnel',
    { ...funnel, where: [{ scope: 'user', key: 'x', op: 'like', value: 1 }] },
    'where.0.op',
  ],
  ['/api/stats/funnel/people', { ...funnel, step: 0, which: 'lost' }, 'which'],
  [`/api/stats/overview?from=2026-05-07&to=2026-05-01`, undefined, 'to'],
  [`/api/stats/activity?from=2020-01-01&to=2026-05-01`, undefined, 'to'],
  [`/api/stats/packages?from=yesterday&to=2026-05-01`, undefined, 'from'],
  ['/api/stats/funnel', { ...funnel, to: '2026-04-01' }, 'to'],
]

onStage('the application', (stage) => {
  it('refuses wrong parameters of stats with 422 and the field at fault', async () => {
    const token = await stage.signIn('analyst')
    for (const [path, body, field] of refused) {
      const method = body === undefined ? 'GET' : 'POST'
      const answer = await stage.request(method, path, body === undefined ? { token } : { token, body })
      expect([path, answer.status, answer.body.error?.code, answer.body.error?.field]).toEqual([
        path,
        422,
        'invalid_params',
        field,
      ])
    }
  })

  it('refuses in the order 413, 400, 401, 422, 404', async () => {
    const token = await stage.signIn()
    const path = '/api/stats/funnel'
    const ask = async (body: unknown, more = {}) =>
      (await stage.request('POST', path, { body, ...more })).status
    expect(await ask('x'.repeat(1024 * 1024 + 1))).toBe(413)
    expect(await ask('{')).toBe(400)
    expect(await ask('')).toBe(400)
    expect(await ask(Buffer.from('{"\xff":1}', 'latin1'))).toBe(400)
    expect(await ask({})).toBe(401)
    expect(await ask({}, { token })).toBe(422)
    expect(await ask([], { token })).toBe(422)
  })

  it('answers everything unknown in the one shape of errors', async () => {
    const { status, headers, body } = await stage.request('GET', '/api/nothing')
    expect(status).toBe(404)
    expect(Object.keys(body)).toEqual(['error'])
    expect(body.error).toEqual({
      code: 'not_found',
      message: 'There is nothing here',
      requestId: headers.get('x-request-id'),
    })
  })

  it('sends strict headers that let the listed origins embed the panel', async () => {
    stage.variables = { FRAME_ORIGINS: 'https://web.telegram.org,http://127.0.0.1:8081' }
    const { headers } = await stage.request('GET', '/healthz')
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain('frame-ancestors https://web.telegram.org http://127.0.0.1:8081')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('x-frame-options')).toBeNull()
  })

  it('says that it is up and ready', async () => {
    expect((await stage.request('GET', '/healthz')).body).toEqual({ status: 'up' })
    expect((await stage.request('GET', '/readyz')).body).toEqual({ status: 'ready' })
  })

  it('shows metrics to the token alone, and nothing where there is none', async () => {
    expect((await stage.request('GET', '/metrics')).status).toBe(404)
  })

  it('keeps metrics behind METRICS_TOKEN', async () => {
    stage.variables = { METRICS_TOKEN: 'secret' }
    expect((await stage.request('GET', '/metrics')).status).toBe(401)
    expect((await stage.request('GET', '/metrics', { token: 'wrong' })).status).toBe(401)
    const { status, body } = await stage.request('GET', '/metrics', { token: 'secret' })
    expect(status).toBe(200)
    expect(body).toContain('botdeck_http_request_seconds_count{method="GET",route="/metrics",status="401"} 2')
  })

  it('describes every route in OpenAPI 3.1 and on a page without scripts', async () => {
    const { body } = await stage.request('GET', '/api/openapi.json')
    expect(body.openapi).toBe('3.1.0')
    const paths = Object.keys(body.paths)
    for (const path of ['/api/session', '/api/ingest', '/api/users/{id}/events', '/api/stats/funnel/people'])
      expect(paths).toContain(path)
    const page = await stage.request('GET', '/api/docs')
    expect(page.headers.get('content-type')).toContain('text/html')
    expect(page.body).toContain('/api/stats/retention')
    expect(page.body).not.toContain('<script')
  })

  it('lists the event types of the plan and those that were sent', async () => {
    await stage.post({ events: [{ userId: 1, type: 'level_up', props: { level: 2 } }] })
    const { body } = await stage.request('GET', '/api/event-types', { token: await stage.signIn() })
    const named = (type: string) => body.types.find((each: { type: string }) => each.type === type)
    expect(named('level_up')).toEqual({
      type: 'level_up',
      builtIn: false,
      activity: true,
      properties: ['level'],
    })
    expect(named('command_used')).toMatchObject({ builtIn: true, activity: true, properties: ['command'] })
    expect(named('user_created')).toBeUndefined()
  })
})
