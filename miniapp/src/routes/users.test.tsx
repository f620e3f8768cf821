import type { TimelineEvent, UserDetail, UserSummary } from '@botdeck/shared/contract/users'
import { fireEvent, screen, waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { type Asked, Refusal, renderPanel } from '../testing/render.tsx'

const ann: UserSummary = {
  id: 42,
  firstName: 'Ann',
  username: 'ann',
  language: 'en',
  source: 'news',
  tier: 'regular',
  credits: 3,
  purchases: 2,
  generations: 7,
  blocked: false,
  firstSeenAt: '2026-10-01T10:00:00.000Z',
  lastActiveAt: '2026-11-20T19:00:00.000Z',
}
const forgotten: UserSummary = { ...ann, id: null, firstName: null, username: null }

function page(users: UserSummary[]) {
  return { total: users.length, users, nextCursor: null }
}

describe('Users', () => {
  it('asks for what is typed once the typing pauses, and keeps it in the address', async () => {
    const { asked, router } = await renderPanel('/users?segment=paying', { '/api/users': page([ann]) })
    await screen.findByText('Ann')
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: '@ann' } })
    await waitFor(() =>
      expect(router.state.location.search).toMatchObject({ search: '@ann', segment: 'paying' }),
    )
    expect(asked.at(-1)?.query).toEqual({ limit: '50', search: '@ann', segment: 'paying' })
  })

  it('opens a person, but not one whose data was deleted', async () => {
    await renderPanel('/users', { '/api/users': page([ann, forgotten]) })
    expect((await screen.findByRole('link', { name: /^Ann/ })).getAttribute('href')).toBe('/users/42')
    expect(screen.getByText('Deleted person').closest('a')).toBeNull()
  })

  it('says what to do when nobody fits', async () => {
    await renderPanel('/users?search=xyz', { '/api/users': page([]) })
    expect(await screen.findByText(/Check the spelling/)).toBeTruthy()
  })

  it('asks for the next page with the cursor of the last one', async () => {
    const { asked } = await renderPanel('/users', {
      '/api/users': ({ query }: Asked) =>
        query.cursor ? page([{ ...ann, id: 43 }]) : { total: 2, users: [ann], nextCursor: 'next' },
    })
    await screen.findByText('Ann')
    await waitFor(() => expect(asked.at(-1)?.query.cursor).toBe('next'))
  })
})

describe('People', () => {
  it('asks the twin of the stat with the cell, and says which number it stands behind', async () => {
    const q = { from: '2026-11-20', to: '2026-11-20', cell: 'active' }
    const { asked } = await renderPanel(`/people?stat=overview&q=${encodeURIComponent(JSON.stringify(q))}`, {
      '/api/stats/overview/people': page([ann]),
    })
    await screen.findByText('Ann')
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Active people')
    expect(asked.at(-1)).toEqual({
      path: '/api/stats/overview/people',
      query: { ...q, limit: '50' },
      body: null,
    })
  })

  it('posts where the stat is posted', async () => {
    const q = {
      from: '2026-11-20',
      to: '2026-11-20',
      steps: [{ event: 'a' }, { event: 'b' }],
      step: 1,
      which: 'lost',
    }
    const { asked } = await renderPanel(`/people?stat=funnel&q=${encodeURIComponent(JSON.stringify(q))}`, {
      '/api/stats/funnel/people': page([ann]),
    })
    await screen.findByText('Ann')
    expect(asked.at(-1)?.body).toEqual({ ...q, limit: 50 })
    expect(screen.getByText('Step 2: b · Nov 20, 2026')).toBeTruthy()
  })

  it('says so when the link is incomplete', async () => {
    await renderPanel('/people?stat=nonsense', {})
    expect(await screen.findByText('This list cannot be opened')).toBeTruthy()
  })
})

describe('one user', () => {
  const detail: UserDetail = {
    ...ann,
    lastSource: 'reels',
    referredBy: { id: 7, firstName: 'Bob' },
    invited: 3,
    net: { amount: 500, currency: 'XTR' },
    segments: ['paying'],
    savedSegments: [],
    variants: [],
    staff: false,
    banned: false,
    props: { plan: 'pro' },
  }
  const events: TimelineEvent[] = [
    {
      id: '3',
      type: 'message_sent',
      at: '2026-11-20T10:00:00.000Z',
      props: { text: 'Here', imageUrl: '/p.png' },
    },
    {
      id: '2',
      type: 'payment_completed',
      at: '2026-11-20T09:00:00.000Z',
      props: { packageId: 'pkg_50', amount: 250, currency: 'XTR' },
    },
    // 23:30 UTC is the next day in Berlin.
    { id: '1', type: 'message_received', at: '2026-11-18T23:30:00.000Z', props: { text: 'Hi' } },
  ]

  it('tells who it is and what happened, by days of the reporting zone', async () => {
    await renderPanel('/users/42', {
      '/api/users/42': detail,
      '/api/users/42/events': { events, nextCursor: null },
    })
    expect(await screen.findByText('★ 500')).toBeTruthy()
    const days = screen.getAllByRole('heading', { level: 3 }).map((heading) => heading.textContent)
    expect(days).toEqual(['Fri, Nov 20, 2026', 'Thu, Nov 19, 2026'])
    expect(screen.getByRole('img', { name: 'Picture from the bot' }).getAttribute('src')).toBe('/p.png')
    expect(screen.getByText(/^Paid · ★ 250 · pkg_50/)).toBeTruthy()
    expect(screen.getByRole('link', { name: /Invited by/ }).getAttribute('href')).toBe('/users/7')
  })

  it('goes back from the day of the address', async () => {
    const { asked } = await renderPanel('/users/42?before=2026-03-01', {
      '/api/users/42': detail,
      '/api/users/42/events': { events: [], nextCursor: null },
    })
    expect(await screen.findByText('Nothing had happened by that day.')).toBeTruthy()
    expect(asked.find(({ path }) => path.endsWith('/events'))?.query).toEqual({
      limit: '100',
      before: '2026-03-01',
    })
  })

  it('says so when there is no such person', async () => {
    await renderPanel('/users/99', { '/api/users/99': new Refusal(404, 'not_found') })
    expect((await screen.findAllByText('No such person')).length).toBeGreaterThan(0)
  })
})
