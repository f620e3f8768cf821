import { recordReceived, recordSent } from '@botdeck/shared/actions/messages'
import { upsertPerson } from '@botdeck/shared/actions/people'
import { expect, it } from 'vitest'
import { noon, onStage } from '../testing/stage.ts'

onStage('GET /api/users/:id/events', (stage) => {
  const ask = async (query = '') =>
    stage.request('GET', `/api/users/42/events${query}`, { token: await stage.signIn() })
  const types = (body: { events: { type: string }[] }) => body.events.map(({ type }) => type)

  it('shows events newest first, ties the latest arrived first, a page at a time', async () => {
    const at = '2026-05-13T10:00:00Z'
    await stage.post({
      events: [
        { userId: 42, type: 'b', at, props: { n: 1 } },
        { userId: 42, type: 'a', at: '2026-05-13T09:00:00Z' },
        { userId: 42, type: 'c', at },
        { userId: 43, type: 'other', at },
      ],
    })
    const { body } = await ask('?limit=2')
    expect(types(body)).toEqual(['c', 'b'])
    expect(body.events[1]).toMatchObject({ at: '2026-05-13T10:00:00.000Z', props: { n: 1 } })
    const rest = await ask(`?limit=2&cursor=${body.nextCursor}`)
    expect([types(rest.body), rest.body.nextCursor]).toEqual([['a'], null])
  })

  it('jumps to the end of a day', async () => {
    await stage.post({
      events: [
        { userId: 42, type: 'old', at: '2026-05-01T23:59:59Z' },
        { userId: 42, type: 'new', at: '2026-05-02T00:00:00Z' },
      ],
    })
    expect(types((await ask('?before=2026-05-01')).body)).toEqual(['old'])
    expect((await ask('?before=soon')).body.error.field).toBe('before')
  })

  it('carries what was said, and pictures as links that need no session', async () => {
    await stage.db.transaction(async (tx) => {
      const { person } = await upsertPerson(tx, { telegramId: 42 }, noon)
      await recordReceived(tx, { uid: person.uid, at: noon, text: 'Привет', id: 'm1' })
      await recordSent(tx, { uid: person.uid, at: noon + 1, fileId: 'photo-1', id: 'm2' })
    })
    const { body } = await ask()
    expect(body.events[1]).toMatchObject({ type: 'message_received', props: { text: 'Привет' } })
    expect(body.events[0].type).toBe('message_sent')
    expect(body.events[0].props.imageUrl).toMatch(/^\/api\/files\/[\w-]+\.[\w-]{43}$/)
  })
})
