import { describe, expect, it } from 'vitest'
import { completeUntil } from '../charts/series.ts'
import { heatRamp } from '../features/matrix/heat.ts'
import { daysOf } from '../features/user/timeline.tsx'
import { sideOf } from '../features/user/timeline-entry.tsx'
import { numberFormats } from '../format/numbers.ts'
import { contrast } from '../telegram/contrast.ts'
import { paletteOf } from '../telegram/palette.ts'
import { changeText } from './change.tsx'
import { sparkCorners } from './sparkline.tsx'
import { isTabRoot, tabOf } from './tab-bar.tsx'

const number = numberFormats('en')

describe('changeText', () => {
  it('is percent for counts, points for rates, and the count itself after zero', () => {
    expect(changeText({ difference: 64, before: 1000, rate: false }, number, 'pts')).toBe('+6.4%')
    expect(changeText({ difference: -0.005, before: 0.1, rate: true }, number, 'pts')).toBe('-0.5\u00a0pts')
    expect(changeText({ difference: 7, before: 0, rate: false }, number, 'pts')).toBe('+7')
    expect(changeText({ difference: 0, before: 0, rate: false }, number, 'pts')).toBe('0%')
  })

  it('has the sign of the difference where money was negative before', () => {
    expect(changeText({ difference: 150, before: -100, rate: false }, number, 'pts')).toBe('+150%')
  })
})

describe('sparkCorners', () => {
  it('spreads the points over the box, the highest on top', () => {
    const points = [1, 3, 2].map((value) => ({ value, complete: true }))
    expect(sparkCorners(points)).toEqual([
      [0, 26],
      [50, 2],
      [100, 14],
    ])
  })
})

describe('tabOf', () => {
  it('knows the section of each page', () => {
    expect(['/', '/funnel', '/users/42', '/money', '/people'].map(tabOf)).toEqual([
      '/',
      '/explore',
      '/users',
      '/money',
      null,
    ])
    expect(isTabRoot('/users')).toBe(true)
    expect(isTabRoot('/users/42')).toBe(false)
  })
})

describe('completeUntil', () => {
  it('is the first point that may still grow', () => {
    expect(completeUntil([{ complete: true }, { complete: false }])).toBe(1)
    expect(completeUntil([{ complete: true }])).toBe(1)
  })
})

describe('heatRamp', () => {
  it('runs from pale to strong and keeps its words readable all the way', () => {
    const heat = heatRamp(paletteOf({}, false))
    for (let share = 0; share <= 1; share += 0.05) {
      const { background, ink } = heat(share)
      expect(contrast(ink, background), String(share)).toBeGreaterThanOrEqual(4.49)
    }
    expect(contrast(heat(0).background, '#ffffff')).toBeLessThan(contrast(heat(1).background, '#ffffff'))
    expect(heat(null).background).toBe('transparent')
  })
})

describe('the timeline', () => {
  const event = (type: string, props: Record<string, unknown> = {}) => ({
    id: type,
    type,
    at: '2026-01-01T00:00:00.000Z',
    props,
  })

  it('puts the person right, the bot left and everything else in the middle', () => {
    expect(sideOf(event('message_received', { text: 'Hi' }))?.side).toBe('person')
    expect(sideOf(event('command_used', { command: '/start' }))?.words).toBe('/start')
    expect(sideOf(event('message_sent', { imageUrl: '/p' }))).toEqual({
      side: 'bot',
      words: null,
      picture: '/p',
    })
    expect(sideOf(event('payment_completed'))).toBeNull()
  })

  it('groups by day, newest first', () => {
    const days = daysOf([event('c'), event('b'), event('a')], () => '2026-01-01')
    expect(days.map(({ day, events }) => [day, events.length])).toEqual([['2026-01-01', 3]])
  })
})
