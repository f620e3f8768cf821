import { blueprintNow as now, writeBlueprint } from '@botdeck/shared/testing/blueprint'
import { onBothEngines } from '@botdeck/shared/testing/engines'
import { expect, it } from 'vitest'
import { ask, askNames, rollUp } from '../testing/stats.ts'
import type { PeopleParams, StatParams } from './requests.ts'

const months = { period: 'month' as const, from: '2025-12-31', cohorts: 2, periods: 5 }
const days = { from: '2026-03-28', cohorts: 2, periods: 4 }

interface Cell {
  users: number
  ltv: { amount: number; currency: string }
  payers: number
  complete: boolean
}

onBothEngines('cohorts', (test) => {
  const write = () => writeBlueprint(test.db, () => rollUp(test.db, now))
  const cohorts = (params: StatParams['cohorts']) => ask(test.db, 'cohorts', { params, now })
  const names = (params: PeopleParams['cohorts']) => askNames(test.db, 'cohorts', { params, now })

  /** Each row as its start, its size, and its cells as `users/payers/ltv`, a star where a cell is not complete. */
  async function lines(params: StatParams['cohorts']): Promise<string[]> {
    const { rows } = await cohorts(params)
    return rows.map(({ start, size, cells }: { start: string; size: number; cells: Cell[] }) => {
      const shown = cells.map((c) => `${c.users}/${c.payers}/${c.ltv.amount}${c.complete ? '' : '*'}`)
      return [`${start} ${size}:`, ...shown].join(' ')
    })
  }

  it('adds up what each cohort paid and got back, until the end of each period', async () => {
    await write()
    expect(await lines(months)).toEqual([
      // bob paid 200 in January and had it back in March; cat's euros have no rate, but make her a payer.
      '2025-12-01 2: 2/0/0 2/1/100 0/1/100 1/1/0 0/1/0*',
      '2026-01-01 2: 2/0/0 0/0/0 2/1/0 0/1/0*',
    ])
    expect(await lines(days)).toEqual([
      '2026-03-28 1: 1/0/0 1/1/50 0/1/50 1/1/550',
      '2026-03-29 1: 1/0/0 1/0/0 0/0/0 1/0/0*',
    ])
  })

  it('says of each cell what it is a share of', async () => {
    await write()
    const { rows, timezone } = await cohorts(months)
    expect(timezone).toBe('Europe/Berlin')
    expect(rows[0].startsAt).toBe('2025-11-30T23:00:00.000Z')
    expect(rows[0].cells[3]).toEqual({
      users: 1,
      size: 2,
      rate: 0.5,
      ltv: { amount: 0, currency: 'XTR' },
      payers: 1,
      payerRate: 0.5,
      complete: true,
    })
    const { rows: empty } = await cohorts({ ...months, from: '2026-02-01', cohorts: 1, periods: 1 })
    expect(empty[0].cells[0]).toMatchObject({ users: 0, size: 0, rate: null, payerRate: null })
  })

  it('is by day where no period is said, by hours and by weeks of any start where they are', async () => {
    await write()
    const hours = { period: 'hour' as const, from: '2026-03-29T01:30', cohorts: 2, periods: 2 }
    expect(await lines(hours)).toEqual(['2026-03-29T01:00 0: 0/0/0 0/0/0', '2026-03-29T03:00 1: 1/0/0 0/0/0'])
    const weeks = { period: 'week' as const, from: '2026-03-27', cohorts: 1, periods: 2 }
    expect(await lines(weeks)).toEqual(['2026-03-23 3: 3/1/16.666666666666668 2/1/183.33333333333334*'])
    expect(await lines({ ...weeks, weekStart: 'sunday' })).toEqual(['2026-03-22 2: 2/0/0 1/1/275*'])
  })

  it('counts staff where asked, and who passes conditions on people', async () => {
    await write()
    const staff = { from: '2026-03-31', cohorts: 1, periods: 2 }
    expect(await lines(staff)).toEqual(['2026-03-31 0: 0/0/0 0/0/0*'])
    expect(await lines({ ...staff, includeStaff: true })).toEqual(['2026-03-31 2: 2/0/0 1/1/250*'])
    const english = [{ scope: 'user' as const, key: 'language', op: 'ne' as const, value: 'en' }]
    expect((await lines({ ...months, where: english }))[1]).toBe('2026-01-01 2: 2/0/0 0/0/0 2/1/0 0/1/0*')
    const onEvents = [{ scope: 'event' as const, key: 'effectId', op: 'is_set' as const }]
    const refusal = { code: 'invalid_params', field: 'where' }
    await expect(cohorts({ ...months, where: onEvents })).rejects.toMatchObject(refusal)
  })

  it('lists the people of a cell', async () => {
    await write()
    const first = { ...months, start: '2025-12-01' }
    expect(await names({ ...first, cell: 'size' })).toBe('ann bob')
    expect(await names({ ...first, cell: 'users', k: 3 })).toBe('ann')
    expect(await names({ ...first, cell: 'payers', k: 0 })).toBe('')
    expect(await names({ ...first, cell: 'payers', k: 4 })).toBe('bob')
    expect(await names({ ...months, start: '2026-01-01', cell: 'payers', k: 2 })).toBe('cat')
    const fault = (field: string) => ({ code: 'invalid_params', field })
    await expect(names({ ...first, cell: 'users' })).rejects.toMatchObject(fault('k'))
    await expect(names({ ...first, cell: 'users', k: 5 })).rejects.toMatchObject(fault('k'))
    // Of the row of January the fifth period has not begun.
    const january = { ...months, start: '2026-01-01' }
    await expect(names({ ...january, cell: 'payers', k: 4 })).rejects.toMatchObject(fault('k'))
    await expect(names({ ...first, start: '2026-02-01', cell: 'size' })).rejects.toMatchObject(fault('start'))
  })

  it('answers an empty database, and leaves out rows that have not begun', async () => {
    expect(await lines({ ...days, from: '2026-03-31', cohorts: 3 })).toEqual([
      '2026-03-31 0: 0/0/0 0/0/0*',
      '2026-04-01 0: 0/0/0*',
    ])
  })

  it('pools the people of a value, each from their own period on', async () => {
    await write()
    /** Each row as its value, its size, and its cells as `users of size/payers/ltv`. */
    const byValue = async (params: StatParams['cohorts']) => {
      const { rows } = await cohorts(params)
      return rows.map(
        ({
          value,
          size,
          cells,
        }: {
          value: string | null
          size: number
          cells: (Cell & { size: number })[]
        }) => {
          const shown = cells.map((c) => `${c.users} of ${c.size}/${c.payers}/${c.ltv.amount}`)
          return [`${value} ${size}:`, ...shown].join(' ')
        },
      )
    }
    // In English ann (31 Dec … and 30 March), bob (paid 200 in January, had it back in March); in German cat and dan.
    const by = { ...months, from: '2025-12-01', cohorts: 2, periods: 5 }
    expect(await byValue({ ...by, by: 'language' })).toEqual([
      'de 2: 2 of 2/0/0 0 of 2/0/0 2 of 2/1/0',
      'en 2: 2 of 2/0/0 2 of 2/1/100 0 of 2/1/100 1 of 2/1/0',
    ])
    // eva, fay, gus and hal began on 27 to 30 March; fay paid 50 on her second day, 500 on her fourth. gus was active
    // on the day that runs now, which is his fourth and hal's third: it is in no cell.
    const late = { from: '2026-03-27', cohorts: 5, periods: 5, by: 'tier' }
    expect(await byValue(late)).toEqual([
      'new 4: 4 of 4/0/0 3 of 4/1/12.5 0 of 3/1/16.666666666666668 1 of 2/1/275 0 of 1/0/0',
    ])
    expect(await byValue({ ...late, by: 'source' })).toEqual([
      'null 4: 4 of 4/0/0 3 of 4/1/12.5 0 of 3/1/16.666666666666668 1 of 2/1/275 0 of 1/0/0',
    ])
  })

  it('lists the people of a value, and without one of those who have none', async () => {
    await write()
    const late = { from: '2026-03-27', cohorts: 5, periods: 5 }
    const english = { ...late, by: 'language', value: 'en' }
    expect(await names({ ...english, cell: 'size' })).toBe('gus fay')
    expect(await names({ ...english, cell: 'size', k: 3 })).toBe('fay')
    expect(await names({ ...english, cell: 'users', k: 1 })).toBe('gus fay')
    expect(await names({ ...english, cell: 'payers', k: 3 })).toBe('fay')
    expect(await names({ ...english, value: 'fr', cell: 'users', k: 1 })).toBe('')
    expect(await names({ ...late, by: 'source', cell: 'users', k: 1 })).toBe('gus hal fay')
    const fault = (field: string) => ({ code: 'invalid_params', field })
    await expect(names({ ...english, cell: 'users' })).rejects.toMatchObject(fault('k'))
    await expect(names({ ...english, cell: 'size', start: '2026-03-27' })).rejects.toMatchObject(
      fault('start'),
    )
    await expect(names({ ...late, cell: 'size', value: 'en' })).rejects.toMatchObject(fault('value'))
    await expect(names({ ...late, cell: 'size' })).rejects.toMatchObject(fault('start'))
  })
})
