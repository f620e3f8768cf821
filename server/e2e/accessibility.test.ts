import { AxeBuilder } from '@axe-core/playwright'
import { newPostgres, type Opened } from '@botdeck/shared/testing/engines'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from './browser.ts'
import { type Demo, startDemo } from './demo.ts'
import { openPanel } from './panel.ts'

const stats = [
  '/retention',
  '/funnel',
  '/activity',
  '/cohorts',
  '/trend',
  '/lifecycle',
  '/sessions',
  '/heatmap',
]
const pages = ['/', '/explore', ...stats, '/money', '/users', '/more']
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

const looks = [
  { theme: 'light', language: 'en' },
  { theme: 'dark', language: 'ru' },
] as const

/** WCAG 2.2 AA as far as a program can tell, and nothing wider than the narrowest phone; the demo runs on PostgreSQL. */
describe('the panel', () => {
  let database: Opened
  let demo: Demo
  let browser: Browser

  beforeAll(async () => {
    database = await newPostgres()
    demo = await startDemo(database.url)
    browser = await openBrowser()
  })

  afterAll(async () => {
    await browser?.close()
    await demo?.stop()
    await database?.drop()
  })

  describe.each(looks)('$theme and in $language', (look) => {
    it.each(pages)('%s is readable by everybody', async (path) => {
      const at = { serverUrl: demo.serverUrl, path, now: Date.now() }
      const page = await openPanel(browser, at, { width: 320, ...look })
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.waitForLoadState('networkidle')
      const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze()
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual(
        [],
      )
      const width = await page.locator('html').evaluate((html: { scrollWidth: number }) => html.scrollWidth)
      expect(width).toBe(320)
      await page.context().close()
    })
  })
})
