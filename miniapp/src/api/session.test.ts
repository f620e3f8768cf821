import { describe, expect, it } from 'vitest'
import { fakeServer, Refusal, session } from '../testing/render.tsx'
import { keepSession } from './session.ts'

const storage = window.sessionStorage

describe('keepSession', () => {
  it('makes one session for many questions, and keeps it for a reload', async () => {
    const { fetch, asked } = fakeServer({ '/api/x': {} })
    const keeper = keepSession({ initData: 'user=1&hash=abc', fetch, storage })
    await Promise.all([keeper.fetch('/api/x'), keeper.fetch('/api/x')])
    expect(asked.filter(({ path }) => path === '/api/session')).toHaveLength(1)
    await keepSession({ initData: 'user=1&hash=abc', fetch, storage }).fetch('/api/x')
    expect(asked.filter(({ path }) => path === '/api/session')).toHaveLength(1)
  })

  it('does not give the session of one launch to another', async () => {
    const { fetch, asked } = fakeServer({ '/api/x': {} })
    await keepSession({ initData: 'user=1&hash=abc', fetch, storage }).fetch('/api/x')
    await keepSession({ initData: 'user=2&hash=def', fetch, storage }).fetch('/api/x')
    expect(asked.filter(({ path }) => path === '/api/session').map(({ body }) => body)).toEqual([
      { initData: 'user=1&hash=abc' },
      { initData: 'user=2&hash=def' },
    ])
  })

  it('makes a new session once when the server has forgotten it', async () => {
    let forgotten = true
    const { fetch, asked } = fakeServer({
      '/api/x': () => {
        const answer = forgotten ? new Refusal(401, 'unauthenticated') : { fine: true }
        forgotten = false
        return answer
      },
    })
    const response = await keepSession({ initData: 'hash=abc', fetch, storage }).fetch('/api/x')
    expect(await response.json()).toEqual({ fine: true })
    expect(asked.map(({ path }) => path)).toEqual(['/api/session', '/api/x', '/api/session', '/api/x'])
  })

  it('fails with the code of the server, and tries anew when asked again', async () => {
    let refused = true
    const { fetch } = fakeServer({
      '/api/session': () => (refused ? new Refusal(403, 'forbidden') : session),
    })
    const keeper = keepSession({ initData: 'hash=abc', fetch, storage })
    await expect(keeper.current()).rejects.toMatchObject({ code: 'forbidden', requestId: 'req_1' })
    refused = false
    await expect(keeper.current()).resolves.toEqual(session)
  })

  it('says "offline" where the server cannot be reached', async () => {
    const fetch = () => Promise.reject(new TypeError('Failed to fetch'))
    await expect(keepSession({ initData: 'hash=abc', fetch, storage }).current()).rejects.toMatchObject({
      code: 'offline',
    })
  })
})
