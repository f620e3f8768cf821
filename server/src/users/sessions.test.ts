import { UserSessions } from '@botdeck/shared/contract/user-sessions'
import { expect, it } from 'vitest'
import { onStage } from '../testing/stage.ts'

const day = '2026-05-13T'
const events = [
  { userId: 42, type: 'started', at: `${day}08:00:00Z` },
  {
    userId: 42,
    type: 'generation_requested',
    at: `${day}08:30:00Z`,
    props: { effectId: 'comic', generationId: 'g1', credits: 2 },
  },
  {
    userId: 42,
    type: 'generation_succeeded',
    at: `${day}08:31:00Z`,
    props: { effectId: 'comic', generationId: 'g1' },
  },
  {
    userId: 42,
    type: 'generation_succeeded',
    at: `${day}08:40:00Z`,
    props: { effectId: 'pixel', generationId: 'g2', credits: 3 },
  },
  {
    userId: 42,
    type: 'generation_failed',
    at: `${day}08:41:00Z`,
    props: { effectId: 'pixel', errorType: 'timeout', generationId: 'g3' },
  },
  // A reply is no activity and keeps no session open.
  { userId: 42, type: 'message_sent', at: `${day}09:05:00Z` },
  { userId: 42, type: 'store_viewed', at: `${day}09:11:00.001Z` },
  { userId: 43, type: 'started', at: `${day}08:50:00Z` },
]

onStage('GET /api/users/:id/sessions', (stage) => {
  const ask = async (query = '', id = 42) =>
    stage.request('GET', `/api/users/${id}/sessions${query}`, { token: await stage.signIn() })

  it('cuts activity where more than half an hour passes, newest first, with the credits spent', async () => {
    await stage.post({ events })
    const { body } = await ask()
    expect(UserSessions.parse(body)).toEqual(body)
    expect(body).toEqual({
      sessions: [
        {
          startsAt: `${day}09:11:00.001Z`,
          endsAt: `${day}09:11:00.001Z`,
          seconds: 0,
          events: 1,
          generations: 0,
          credits: 0,
        },
        {
          startsAt: `${day}08:00:00.000Z`,
          endsAt: `${day}08:41:00.000Z`,
          seconds: 2460,
          events: 5,
          generations: 3,
          credits: 5,
        },
      ],
      total: 2,
      nextCursor: null,
    })
  })

  it('takes another gap, and gives a page at a time', async () => {
    await stage.post({ events })
    expect((await ask('?gapMinutes=31')).body.sessions).toMatchObject([{ events: 6 }])
    const first = (await ask('?gapMinutes=5&limit=2')).body
    expect([first.total, first.sessions.map((session: { events: number }) => session.events)]).toEqual([
      4,
      [1, 2],
    ])
    const rest = (await ask(`?gapMinutes=5&limit=2&cursor=${first.nextCursor}`)).body
    expect(rest.sessions.map((session: { events: number }) => session.events)).toEqual([2, 1])
    expect(rest.nextCursor).toBe(null)
  })

  it('refuses a gap that is none, and an id that nobody has', async () => {
    expect((await ask('?gapMinutes=soon')).body.error.field).toBe('gapMinutes')
    expect((await ask('', 77)).status).toBe(404)
  })
})
