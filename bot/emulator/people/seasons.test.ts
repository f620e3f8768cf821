import { describe, expect, it } from 'vitest'
import { languages } from './languages.ts'
import { Random } from './random.ts'
import { eagerness, momentOf, nextVisit } from './seasons.ts'
import { day, hour, minute, yearEnding } from './year.ts'

const russian = languages.find((language) => language.code === 'ru')
if (!russian) throw new Error('no Russian')
const monday = Date.UTC(2026, 2, 2)
const year = yearEnding(Date.UTC(2026, 10, 20), 365)

describe('eagerness', () => {
  it('is higher on a Sunday than on a Monday, in the holidays than in summer', () => {
    expect(eagerness(russian, monday + 6 * day)).toBeGreaterThan(eagerness(russian, monday))
    expect(eagerness(russian, Date.UTC(2025, 11, 29))).toBeGreaterThan(
      eagerness(russian, Date.UTC(2026, 6, 27)),
    )
  })
})

describe('momentOf', () => {
  it('lies in the local day, rather in its evening than in its night', () => {
    const random = new Random('moments')
    const moments = Array.from({ length: 4000 }, () => momentOf(random, monday, 3))
    const local = moments.map((at) => (at + 3 * hour - monday) / hour)
    expect(Math.min(...local)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...local)).toBeLessThan(24)
    const evening = local.filter((at) => at >= 19 && at < 22).length
    const night = local.filter((at) => at >= 2 && at < 5).length
    expect(evening).toBeGreaterThan(10 * night)
  })
})

describe('nextVisit', () => {
  it('is at least 20 minutes later and not far from what was meant', () => {
    const random = new Random('visits')
    const home = { language: russian, offset: 3 }
    for (let draw = 0; draw < 1000; draw++) {
      const at = nextVisit(random, home, { after: monday, gapMs: 3 * day, year })
      expect(at).toBeGreaterThanOrEqual(monday + 20 * minute)
      expect(at).toBeLessThan(monday + 11 * day)
    }
  })

  it('is rarer on the day after an outage than a week later', () => {
    const random = new Random('aftermath')
    const home = { language: russian, offset: 3 }
    const visitsOn = (start: number) => {
      const plan = { after: start - day, gapMs: day, year }
      const visits = Array.from({ length: 1000 }, () => nextVisit(random, home, plan))
      return visits.filter((at) => at < start + 21 * hour).length
    }
    expect(visitsOn(year.aftermath.since)).toBeLessThan(0.7 * visitsOn(year.aftermath.since + 7 * day))
  })
})
