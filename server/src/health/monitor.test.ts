import { reportStatement } from '@botdeck/shared/db/slow-statements'
import { afterEach, describe, expect, it } from 'vitest'
import { createMonitor, hourMs, type Monitor } from './monitor.ts'

const hour = Date.parse('2026-05-13T12:00:00Z')

describe('createMonitor', () => {
  let monitor: Monitor
  let now = hour

  function open(): Monitor {
    now = hour
    monitor = createMonitor(() => now)
    return monitor
  }

  afterEach(() => monitor.close())

  it('counts errors by the hour and forgets those of the day before', () => {
    const { countError, errorsIn } = open()
    countError('requests')
    now = hour + hourMs - 1
    countError('requests')
    countError('timeouts')
    now = hour + hourMs
    countError('timeouts')
    expect(errorsIn(hour)).toEqual({ requests: 2, timeouts: 1 })
    expect(errorsIn(hour + hourMs)).toEqual({ requests: 0, timeouts: 1 })
    now = hour + 26 * hourMs
    countError('requests')
    expect(errorsIn(hour)).toEqual({ requests: 0, timeouts: 0 })
  })

  it('keeps the longest and the number of each slow statement, the latest first', async () => {
    open()
    reportStatement('select 1', 120)
    reportStatement('select 2', 300)
    reportStatement('select  1', 150)
    reportStatement('select 3', 99)
    await expect.poll(() => monitor.slowStatements().map(({ count }) => count)).toEqual([2, 1])
    expect(monitor.slowStatements()[0]).toEqual({
      statement: 'select 1',
      count: 2,
      longestMs: 150,
      lastAt: hour,
    })
  })

  it('keeps fifty statements', async () => {
    open()
    for (let index = 0; index < 60; index++) reportStatement(`select ${index}`, 200)
    await expect.poll(() => monitor.slowStatements()[0]?.statement).toBe('select 59')
    expect(monitor.slowStatements().length).toBe(50)
  })

  it('says of the roll-up what it is told', () => {
    open()
    expect(monitor.rollup()).toBeNull()
    const health = { state: 'following' as const, lagMs: 3, watermark: 7, failure: null }
    monitor.watchRollup(() => health)
    expect(monitor.rollup()).toEqual(health)
  })
})
