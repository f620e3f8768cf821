import { removeAdmin } from '@botdeck/shared/actions/admins'
import { closePanelSession } from '@botdeck/shared/actions/panel-sessions'
import { expect, it } from 'vitest'
import { hashOfToken } from '../http/auth.ts'
import { initDataOf } from '../testing/init-data.ts'
import { noon, onStage } from '../testing/stage.ts'

const alex = { id: 1000, first_name: 'Alex', username: 'alex' }
const hourMs = 3_600_000

onStage('POST /api/session', (stage) => {
  const open = (initData: unknown) => stage.request('POST', '/api/session', { body: { initData } })

  it('opens a session of 24 hours for a proven admin', async () => {
    stage.variables = { ADMIN_IDS: '1000' }
    await stage.signIn('manager')
    const { status, body } = await open(initDataOf(alex, noon))
    expect(status).toBe(200)
    expect(body.user).toEqual({ id: 1000, firstName: 'Alex', username: 'alex', role: 'manager' })
    expect(body.expiresAt).toBe('2026-05-14T12:00:00.000Z')
    expect(body.token).toMatch(/^[\w-]{43}$/)
  })

  it('stores the hash of the token alone', async () => {
    const token = await stage.signIn()
    const rows = await stage.db.orm.select().from(stage.db.t.panelSessions)
    expect(rows.map((row) => row.tokenHash)).toEqual([hashOfToken(token)])
    expect(JSON.stringify(rows)).not.toContain(token)
  })

  it('answers 403 to a proven person who is no admin', async () => {
    const { status, body } = await open(initDataOf({ id: 5, first_name: 'Eve' }, noon))
    expect([status, body.error.code]).toEqual([403, 'forbidden'])
  })

  it('answers 401, and never says why, to whatever is not proven', async () => {
    await stage.signIn()
    const old = initDataOf(alex, noon - 25 * hourMs)
    for (const initData of ['', 'x'.repeat(20_000), old, initDataOf(alex, noon, '1:OTHER')]) {
      const { status, body } = await open(initData)
      const { code, message } = body.error
      expect([status, code, message]).toEqual([
        401,
        'unauthenticated',
        'The launch data proves nobody: open the panel anew',
      ])
    }
  })

  it('answers 422 to a body of another shape and 400 to no JSON', async () => {
    expect((await open(7)).body.error).toMatchObject({ code: 'invalid_params', field: 'initData' })
    const more = await stage.request('POST', '/api/session', { body: { initData: 'x', extra: 1 } })
    expect(more.body.error).toMatchObject({ code: 'invalid_params', field: 'extra' })
    expect((await stage.request('POST', '/api/session', { body: '{' })).status).toBe(400)
  })

  it('refuses the 301st within a minute, with the time to wait', async () => {
    for (let i = 0; i < 300; i += 1) await open('x')
    const { status, headers } = await open('x')
    expect(status).toBe(429)
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
  })

  it('has no limit with RATE_LIMIT=off', async () => {
    stage.variables = { RATE_LIMIT: 'off' }
    for (let i = 0; i < 300; i += 1) await open('x')
    expect((await open('x')).status).toBe(401)
  })
})

onStage('a session', (stage) => {
  const panel = (token?: string) => stage.request('GET', '/api/panel', token === undefined ? {} : { token })

  it('ends a day after its last use, and after seven days whatever its use', async () => {
    const token = await stage.signIn()
    for (let hour = 20; hour < 7 * 24; hour += 20) {
      stage.now = noon + hour * hourMs
      expect((await panel(token)).status).toBe(200)
    }
    stage.now = noon + 7 * 24 * hourMs
    expect((await panel(token)).status).toBe(401)
  })

  it('is over after 24 hours without use', async () => {
    const token = await stage.signIn()
    stage.now = noon + 24 * hourMs
    expect((await panel(token)).status).toBe(401)
  })

  it('answers 401 without a token, with an unknown one, and after its end', async () => {
    const token = await stage.signIn()
    expect((await panel()).status).toBe(401)
    expect((await panel('x')).status).toBe(401)
    const ended = await stage.request('DELETE', '/api/session', { token })
    expect([ended.status, ended.body]).toEqual([200, { ended: true }])
    expect((await panel(token)).status).toBe(401)
    await stage.db.transaction((tx) => closePanelSession(tx, 'unknown'))
  })

  it('looks the role up on every request', async () => {
    const token = await stage.signIn('analyst')
    expect((await panel(token)).body.user.role).toBe('analyst')
    await stage.db.transaction((tx) => removeAdmin(tx, 1000, stage.now))
    const { status, body } = await panel(token)
    expect([status, body.error.code]).toEqual([403, 'forbidden'])
  })

  it('tells the panel the zone, the day and the bot, even when Telegram cannot be reached', async () => {
    stage.variables = { TELEGRAM_API_ROOT: 'http://127.0.0.1:1' }
    const token = await stage.signIn()
    const { body } = await panel(token)
    expect(body).toMatchObject({
      bot: { name: 'Botdeck', username: '' },
      timezone: 'UTC',
      weekStart: 'monday',
      currency: 'XTR',
      now: '2026-05-13T12:00:00.000Z',
      today: '2026-05-13',
      firstDay: null,
      sources: [],
      languages: [],
    })
  })
})
