import { expect, it } from 'vitest'
import { noon, onStage } from '../testing/stage.ts'

const user = (key: string, op: string, value: unknown) => ({ scope: 'user', key, op, value })
const germans = { name: 'Germans', conditions: [user('language', 'eq', 'de')] }
const good = { name: 'Good Germans', conditions: [user('segment', 'eq', ['Germans', 'paying'])] }

onStage('saved segments', (stage) => {
  const save = async (token: string, segment: object) =>
    stage.request('POST', '/api/segments', { token, body: segment })

  it('are saved, listed by name, changed and deleted', async () => {
    const token = await stage.signIn('manager')
    const { status, body } = await save(token, { ...germans, name: ' Germans ' })
    expect(status).toBe(200)
    expect(body).toEqual({
      id: expect.any(Number),
      ...germans,
      createdAt: new Date(noon).toISOString(),
      createdBy: 1000,
    })
    expect((await save(token, { name: 'All', conditions: [user('id', 'gt', 0)] })).status).toBe(200)
    const path = `/api/segments/${body.id}`
    const changed = await stage.request('PATCH', path, { token, body: { name: 'Deutsche' } })
    expect(changed.body).toEqual({ ...body, name: 'Deutsche' })
    const list = await stage.request('GET', '/api/segments', { token })
    expect(list.body.segments.map(({ name }: { name: string }) => name)).toEqual(['All', 'Deutsche'])
    expect((await stage.request('DELETE', path, { token })).body).toEqual({ deleted: true })
    expect((await stage.request('DELETE', path, { token })).status).toBe(404)
    expect((await stage.request('PATCH', path, { token, body: {} })).status).toBe(404)
  })

  it('are read by every role and written by managers', async () => {
    const token = await stage.signIn('analyst')
    expect((await stage.request('GET', '/api/segments', { token })).body).toEqual({ segments: [] })
    expect((await save(token, germans)).status).toBe(403)
    expect((await stage.request('PATCH', '/api/segments/1', { token, body: {} })).status).toBe(403)
    expect((await stage.request('DELETE', '/api/segments/1', { token })).status).toBe(403)
    expect((await stage.request('GET', '/api/segments')).status).toBe(401)
  })

  it('have a name of their own', async () => {
    const token = await stage.signIn()
    await save(token, germans)
    const taken = await save(token, germans)
    expect([taken.status, taken.body.error.field]).toEqual([409, 'name'])
    const builtIn = await save(token, { ...germans, name: 'paying' })
    expect([builtIn.status, builtIn.body.error.field]).toEqual([422, 'name'])
    expect((await save(token, { ...germans, name: '  ' })).status).toBe(422)
  })

  it('rest on other segments, and never on themselves', async () => {
    const token = await stage.signIn()
    const { body: first } = await save(token, germans)
    expect((await save(token, good)).status).toBe(200)
    const path = `/api/segments/${first.id}`
    for (const conditions of [
      [user('segment', 'eq', 'Good Germans')],
      [user('segment', 'ne', 'Germans')],
      [user('segment', 'eq', 'nothing of that name')],
      [user('segment', 'contains', 'G')],
      [{ ...user('level', 'eq', 1), scope: 'event' }],
      [],
    ]) {
      const refused = await stage.request('PATCH', path, { token, body: { conditions } })
      expect([conditions, refused.status]).toEqual([conditions, 422])
    }
    expect((await stage.request('PATCH', path, { token, body: { name: 'Other' } })).status).toBe(409)
    expect((await stage.request('DELETE', path, { token })).status).toBe(409)
  })

  it('refuse a body that is no JSON before they ask who sends it', async () => {
    expect((await stage.request('PATCH', '/api/segments/1', { body: '{' })).status).toBe(400)
  })
})
