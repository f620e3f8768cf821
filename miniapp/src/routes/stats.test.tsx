import type { Activity } from '@botdeck/shared/contract/stats/activity'
import type { Cohorts } from '@botdeck/shared/contract/stats/cohorts'
import type { Funnel } from '@botdeck/shared/contract/stats/funnel'
import type { Packages } from '@botdeck/shared/contract/stats/packages'
import type { Retention } from '@botdeck/shared/contract/stats/retention'
import { fireEvent, screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { answered, Refusal, renderPanel } from '../testing/render.tsx'

const retention: Retention = {
  ...answered,
  cohorts: [
    {
      start: '2026-11-19',
      startsAt: '2026-11-18T23:00:00.000Z',
      size: 40,
      cells: [
        { users: 40, rate: 1, complete: true },
        { users: 12, rate: 0.3, complete: false },
      ],
    },
    {
      start: '2026-11-20',
      startsAt: '2026-11-19T23:00:00.000Z',
      size: 0,
      cells: [{ users: 0, rate: null, complete: false }],
    },
  ],
  overall: [
    { users: 40, size: 40, rate: 1 },
    { users: 0, size: 0, rate: null },
  ],
}

function question(element: HTMLElement): unknown {
  const url = new URL(element.getAttribute('href') ?? '', 'http://localhost')
  return JSON.parse(url.searchParams.get('q') ?? '')
}

describe('Retention', () => {
  it('asks for the cohorts that end with the range and opens the people of a cell', async () => {
    const { asked } = await renderPanel('/retention?mode=on_or_after', { '/api/stats/retention': retention })
    const cell = await screen.findByRole('link', { name: 'Nov 19, period 1: 30%, 12 people' })
    const body = { from: '2026-11-07', cohorts: 14, periods: 14, period: 'day', mode: 'on_or_after' }
    expect(asked.find(({ path }) => path === '/api/stats/retention')?.body).toEqual(body)
    expect(question(cell)).toEqual({ ...body, cohort: 0, interval: 1 })
  })

  it('opens the pooled row without a cohort', async () => {
    await renderPanel('/retention', { '/api/stats/retention': retention })
    const pooled = await screen.findByRole('link', { name: 'All, period 0: 100%, 40 people' })
    expect(question(pooled)).not.toHaveProperty('cohort')
  })

  it('says so when nobody started', async () => {
    await renderPanel('/retention', { '/api/stats/retention': { ...retention, cohorts: [], overall: [] } })
    expect(await screen.findByText('No cohort yet')).toBeTruthy()
  })
})

const step = { rateFromPrevious: null, averageSeconds: null }
const funnel: Funnel = {
  ...answered,
  steps: [
    { ...step, event: 'store_viewed', users: 100, rateFromStart: 1, lost: 0, open: 0, medianSeconds: null },
    { ...step, event: 'my event', users: 60, rateFromStart: 0.6, lost: 30, open: 10, medianSeconds: 120 },
  ],
  conversion: { users: 60, rate: 0.6, medianSeconds: 120, averageSeconds: 150, open: 10 },
}
const steps = encodeURIComponent(JSON.stringify([{ event: 'store_viewed' }, { event: 'my event' }]))

describe('Funnel', () => {
  it('asks for the funnel of its address and opens who reached, was lost and may still come', async () => {
    const { asked } = await renderPanel(`/funnel?r=30d&steps=${steps}&window=2h`, {
      '/api/stats/funnel': funnel,
    })
    const reached = await screen.findByRole('link', { name: /^2\s*my event\s*60\s*60%$/ })
    const body = {
      from: '2026-10-21',
      to: '2026-11-19',
      steps: [{ event: 'store_viewed' }, { event: 'my event' }],
      window: { value: 2, unit: 'hour' },
    }
    expect(asked.find(({ path }) => path === '/api/stats/funnel')?.body).toEqual(body)
    expect(question(reached)).toEqual({ ...body, step: 1, which: 'reached' })
    const lost = screen.getByRole('link', {
      name: 'Lost before step 2: 30 people. − 30 · 30% · median 2 min',
    })
    expect(question(lost)).toEqual({ ...body, step: 1, which: 'lost' })
    expect(question(screen.getByRole('link', { name: /^Before step 2/ }))).toEqual({
      ...body,
      step: 1,
      which: 'open',
    })
  })

  it('says who did not come, and offers to edit, where nobody took the first step', async () => {
    const [first] = funnel.steps
    await renderPanel('/funnel', { '/api/stats/funnel': { ...funnel, steps: [{ ...first, users: 0 }] } })
    expect(await screen.findByText(/Nobody did “Opened the store”/)).toBeTruthy()
  })
})

describe('Activity', () => {
  const point = { dau: 5, wau: 9, mau: 20, ratio: 0.25, newUsers: 2 }
  const activity: Activity = {
    ...answered,
    points: [
      { ...point, start: '2026-11-19', startsAt: '2026-11-18T23:00:00.000Z', complete: true },
      { ...point, start: '2026-11-20', startsAt: '2026-11-19T23:00:00.000Z', complete: false, dau: 3 },
    ],
  }

  it('has a table behind the chart that leads to the people of each day', async () => {
    await renderPanel('/activity', { '/api/stats/activity': activity })
    fireEvent.click(await screen.findByRole('button', { name: 'Table' }))
    const links = screen.getAllByRole('link', { name: '9' })
    expect(question(links.at(-1) ?? document.body)).toEqual({
      from: '2026-11-07',
      to: '2026-11-20',
      cell: 'wau',
      start: '2026-11-19',
    })
    expect(screen.getAllByText(/not finished yet/)).toHaveLength(1)
  })

  it('tells the point under the arrow keys', async () => {
    await renderPanel('/activity', { '/api/stats/activity': activity })
    const slider = await screen.findByRole('slider', { name: 'People active' })
    fireEvent.keyDown(slider, { key: 'Home' })
    expect(slider.getAttribute('aria-valuetext')).toBe(
      'Thu, Nov 19, 2026: Active that day 5, Active in 7 days 9, Active in 30 days 20',
    )
  })
})

describe('Cohorts', () => {
  const cell = {
    users: 8,
    size: 10,
    rate: 0.8,
    ltv: { amount: 12.5, currency: 'XTR' },
    payers: 3,
    payerRate: 0.3,
  }
  const cohorts: Cohorts = {
    ...answered,
    rows: [
      {
        start: '2026-11-20',
        startsAt: '2026-11-19T23:00:00.000Z',
        size: 10,
        cells: [{ ...cell, complete: false }],
      },
    ],
  }

  it('shows the measure of the address and leads to those who paid for it', async () => {
    await renderPanel('/cohorts?measure=ltv', { '/api/stats/cohorts': cohorts })
    const box = await screen.findByRole('link', { name: /^Nov 20, period 0: ★\s12\.50, 3 people$/ })
    expect(question(box)).toEqual({
      period: 'day',
      from: '2026-11-07',
      cohorts: '14',
      periods: '14',
      start: '2026-11-20',
      cell: 'payers',
      k: 0,
    })
  })
})

describe('Money', () => {
  const stars = (amount: number) => ({ amount, currency: 'XTR' })
  const sales = {
    invoices: 4,
    purchases: 2,
    purchaseRate: 0.5,
    buyers: 2,
    firstTimeBuyers: 1,
    gross: stars(500),
    refunds: stars(0),
    net: stars(500),
  }
  const packages: Packages = {
    ...answered,
    packages: [
      {
        packageId: 'pkg_50',
        name: '50 pictures',
        names: { en: '50 pictures', ru: '50 картинок' },
        credits: 50,
        price: stars(250),
        share: 1,
        ...sales,
      },
    ],
    total: sales,
  }

  it('opens a package with all of its figures, each a way to its people', async () => {
    await renderPanel('/money', { '/api/stats/packages': packages })
    fireEvent.click(await screen.findByRole('button', { name: /50 pictures/ }))
    const buyers = screen.getByRole('link', { name: /^First-time buyers/, hidden: true })
    expect(question(buyers)).toEqual({
      from: '2026-11-20',
      to: '2026-11-20',
      packageId: 'pkg_50',
      cell: 'firstTimeBuyers',
    })
  })

  it('says so when nothing was sold, and when the question took too long', async () => {
    await renderPanel('/money', { '/api/stats/packages': { ...packages, packages: [] } })
    expect(await screen.findByText('Nothing sold yet')).toBeTruthy()
    await renderPanel('/money', { '/api/stats/packages': new Refusal(504, 'timeout') })
    expect(await screen.findByText('That took too long')).toBeTruthy()
  })
})
