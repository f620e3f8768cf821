import type { Overview } from '@botdeck/shared/contract/stats/overview'
import { screen, waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { answered, panel, Refusal, renderPanel } from '../testing/render.tsx'

const current = {
  from: '2026-11-20',
  to: '2026-11-20',
  active: 1284,
  newUsers: 212,
  payers: 64,
  net: { amount: 8420, currency: 'XTR' },
  generations: 3902,
  successRate: 0.961,
  retention: { d1: 0.412, d7: 0.183, d30: null },
}

const overview: Overview = {
  ...answered,
  current,
  previous: { ...current, active: 1070, net: { amount: 8862, currency: 'XTR' }, newUsers: 212 },
  points: [],
}

function link(name: RegExp): URL {
  const element = screen.getByRole('link', { name })
  return new URL(element.getAttribute('href') ?? '', 'http://localhost')
}

describe('Home', () => {
  it('says each figure with its change, its sign and its direction in words', async () => {
    await renderPanel('/', { '/api/stats/overview': overview })
    expect((await screen.findByRole('link', { name: /^Active people/ })).textContent).toBe(
      'Active people1,284up +20%',
    )
    expect(screen.getByRole('link', { name: /^Net revenue/ }).textContent).toBe(
      'Net revenue★\u00a08,420down -5%',
    )
    expect(screen.getByRole('link', { name: /^New people/ }).textContent).toBe('New people2120%')
    expect(screen.getByRole('link', { name: /^Day 30/ }).textContent).toBe('Day 30––nothing to compare with')
  })

  it('asks for today, and for the 14 days that end with it for the lines', async () => {
    const { asked } = await renderPanel('/', { '/api/stats/overview': overview })
    await screen.findByText('1,284')
    const ranges = asked.filter(({ path }) => path === '/api/stats/overview').map(({ query }) => query)
    expect(ranges).toContainEqual({ from: '2026-11-20', to: '2026-11-20' })
    expect(ranges).toContainEqual({ from: '2026-11-07', to: '2026-11-20' })
  })

  it('leads from a figure to its people with range and filters', async () => {
    const where = [{ scope: 'user', key: 'source', op: 'eq', value: 'news' }]
    await renderPanel(`/?r=7d&staff=true&where=${encodeURIComponent(JSON.stringify(where))}`, {
      '/api/stats/overview': overview,
    })
    await screen.findByText('1,284')
    const url = link(/^Active people/)
    expect(url.pathname).toBe('/people')
    expect(url.searchParams.get('r')).toBe('7d')
    expect(JSON.parse(url.searchParams.get('q') ?? '')).toEqual({
      from: '2026-11-13',
      to: '2026-11-19',
      where: JSON.stringify(where),
      includeStaff: 'true',
      cell: 'active',
    })
  })

  it('shows a dash, not 0 %, where nothing was recorded before', async () => {
    await renderPanel('/', { '/api/stats/overview': { ...overview, previous: null } })
    await screen.findByText('1,284')
    expect(screen.getAllByText('nothing to compare with')).toHaveLength(9)
  })

  it('says what will appear where no event has come yet', async () => {
    await renderPanel('/', { '/api/panel': { ...panel, firstDay: null }, '/api/stats/overview': overview })
    expect(await screen.findByText('Nobody yet')).toBeTruthy()
  })

  it('shows its outline while figures load', async () => {
    await renderPanel('/', {})
    expect(await screen.findByText('Loading…')).toBeTruthy()
  })

  it('says what failed, with the number for the operator, and asks again', async () => {
    const { asked } = await renderPanel('/', { '/api/stats/overview': new Refusal(500, 'internal') })
    expect(await screen.findByText(/req_1/)).toBeTruthy()
    const before = asked.length
    screen.getByRole('button', { name: 'Try again' }).click()
    await waitFor(() => expect(asked.length).toBeGreaterThan(before))
  })
})

describe('the gate', () => {
  it('tells a person who is no admin so', async () => {
    await renderPanel('/', { '/api/session': new Refusal(403, 'forbidden') })
    expect(await screen.findByText('You are not an admin')).toBeTruthy()
  })

  it('asks to open the panel again when the proof is too old', async () => {
    await renderPanel('/', { '/api/session': new Refusal(401, 'unauthenticated') })
    expect(await screen.findByText('Close and open again')).toBeTruthy()
  })

  it('shows a page for an address that leads nowhere', async () => {
    await renderPanel('/nowhere', {})
    expect(await screen.findByText('No such page')).toBeTruthy()
  })

  it('says who is here now and what changed, and leads to them', async () => {
    const period = { from: '2026-11-19', to: '2026-11-19' }
    const failures = { kind: 'errorType', value: 'timeout', current: 60, previous: 30, change: 1, z: 3.2 }
    const now = {
      ...answered,
      active5: 12,
      active30: 40,
      eventsPerMinute: 3,
      minutes: [],
      purchases: [],
      errors: [],
    }
    await renderPanel('/', {
      '/api/stats/overview': overview,
      '/api/stats/now': now,
      '/api/stats/changes': { ...answered, current: period, previous: period, changes: [failures] },
    })
    await screen.findByText('1,284')
    expect(JSON.parse(link(/^12 now/).searchParams.get('q') ?? '')).toEqual({ cell: 'active5' })
    const changed = await screen.findByRole('link', { name: /^timeout/ })
    expect(changed.textContent).toBe('timeoutFailures of this kind · 30 → 60up +100%')
    const url = new URL(changed.getAttribute('href') ?? '', 'http://localhost')
    const asked = {
      from: '2026-11-20',
      to: '2026-11-20',
      kind: 'errorType',
      value: 'timeout',
      cell: 'current',
    }
    expect(JSON.parse(url.searchParams.get('q') ?? '')).toEqual(asked)
  })
})
