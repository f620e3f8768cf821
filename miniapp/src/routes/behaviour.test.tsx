import type { Heatmap } from '@botdeck/shared/contract/stats/heatmap'
import type { Lifecycle } from '@botdeck/shared/contract/stats/lifecycle'
import type { Sessions } from '@botdeck/shared/contract/stats/sessions'
import type { Trend } from '@botdeck/shared/contract/stats/trend'
import { screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { answered, renderPanel } from '../testing/render.tsx'

const range = { from: '2026-11-13', to: '2026-11-19' }
const day = (start: string) => ({ start, startsAt: `${start}T00:00:00.000Z`, complete: true })

/** The question behind a link to people. */
function question(element: HTMLElement): unknown {
  const url = new URL(element.getAttribute('href') ?? '', 'http://localhost')
  return JSON.parse(url.searchParams.get('q') ?? '')
}

function bodyOf(asked: { path: string; body?: unknown }[], stat: string): unknown {
  return asked.find(({ path }) => path === `/api/stats/${stat}`)?.body
}

describe('Events', () => {
  const series = (value: number) => ({ total: value, points: [{ ...day('2026-11-13'), value }] })
  const trend: Trend = {
    ...answered,
    ...series(9),
    breakdown: [
      { value: 'en', ...series(5) },
      { value: null, ...series(3) },
      { other: true, ...series(1) },
    ],
  }

  it('asks what its address says, and opens the people of every part', async () => {
    const event = encodeURIComponent(JSON.stringify({ event: 'my event' }))
    const { asked } = await renderPanel(`/trend?r=7d&event=${event}&count=events&by=language`, {
      '/api/stats/trend': trend,
    })
    const breakdown = { scope: 'user', key: 'language', limit: 5 }
    const body = { ...range, interval: 'day', event: { event: 'my event' }, measure: 'events', breakdown }
    const english = await screen.findByRole('link', { name: /^en\s*5/ })
    expect(bodyOf(asked, 'trend')).toEqual(body)
    expect(question(english)).toEqual({ ...body, breakdownValue: 'en' })
    expect(question(screen.getByRole('link', { name: /^not known/ }))).toEqual({
      ...body,
      breakdownValue: null,
    })
    expect(question(screen.getByRole('link', { name: /^Others/ }))).toEqual({ ...body, other: true })
    expect(question(screen.getByRole('link', { name: /^Everybody/ }))).toEqual(body)
  })

  it('says so where nobody did it', async () => {
    const { breakdown: _, ...plain } = trend
    await renderPanel('/trend?r=7d', { '/api/stats/trend': { ...plain, total: 0 } })
    expect(await screen.findByText(/Nobody did this/)).toBeTruthy()
  })
})

describe('Lifecycle', () => {
  it('shows the last period that is over, and its people', async () => {
    const point = { new: 4, returning: 7, resurrecting: 2, dormant: 3, pulse: 2 }
    const running = { ...point, ...day('2026-11-20'), returning: 1, complete: false }
    const lifecycle: Lifecycle = { ...answered, points: [{ ...day('2026-11-19'), ...point }, running] }
    await renderPanel('/lifecycle?r=30d', { '/api/stats/lifecycle': lifecycle })
    const returning = await screen.findByRole('link', { name: /^Returning\s*7/ })
    expect(question(returning)).toMatchObject({ which: 'returning', start: '2026-11-19T00:00:00.000Z' })
    expect(screen.getByText('Pulse 2')).toBeTruthy()
  })
})

describe('Sessions', () => {
  const figures = { sessions: 8, users: 5, averageSeconds: 90, medianSeconds: 60, eventsPerSession: 2.5 }

  it('tells what a session is like and opens who had one', async () => {
    const sessions: Sessions = { ...answered, ...figures, points: [{ ...day('2026-11-13'), ...figures }] }
    await renderPanel('/sessions?r=7d', { '/api/stats/sessions': sessions })
    const people = await screen.findByRole('link', { name: /5 people/ })
    expect(question(people)).toEqual({ ...range, interval: 'day' })
    expect(screen.getByText('1.5 min')).toBeTruthy()
    expect(screen.getByText('2.5')).toBeTruthy()
  })

  it('says so where there is none', async () => {
    await renderPanel('/sessions?r=7d', {
      '/api/stats/sessions': { ...answered, ...figures, sessions: 0, points: [] },
    })
    expect(await screen.findByText('No session')).toBeTruthy()
  })
})

describe('Hours of the week', () => {
  it('opens who was active in an hour', async () => {
    const cells = [
      { weekday: 1, hour: 9, events: 1200 },
      { weekday: 2, hour: 9, events: 0 },
    ]
    const heatmap: Heatmap = { ...answered, cells, total: 1200, complete: true }
    await renderPanel('/heatmap?r=7d', { '/api/stats/heatmap': heatmap })
    const cell = await screen.findByRole('link', { name: 'Mon 09:00: 1,200' })
    expect(question(cell)).toEqual({ ...range, weekday: '1', hour: '9' })
    expect(screen.queryByRole('link', { name: /^Tue/ })).toBe(null)
  })
})
