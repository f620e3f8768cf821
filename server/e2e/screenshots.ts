import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { openBrowser } from './browser.ts'
import { type Look, openPanel } from './panel.ts'

/*
 * Makes the pictures of the README from a running demo: `pnpm botdeck demo` in one terminal, `pnpm screenshots` in another.
 */

const folder = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url))
const serverUrl = process.env.SERVER_URL ?? 'http://127.0.0.1:8080'

const pictures: [name: string, path: string, look: Omit<Look, 'width'>][] = [
  ['home-light', '/?r=7d', { theme: 'light', language: 'en' }],
  ['retention-dark', '/retention?r=30d', { theme: 'dark', language: 'en' }],
  ['funnel-light', '/funnel?r=30d', { theme: 'light', language: 'en' }],
  ['cohorts-dark', '/cohorts?r=30d', { theme: 'dark', language: 'en' }],
  ['money-ru', '/money?r=30d', { theme: 'light', language: 'ru' }],
]

async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.waitForLoadState('networkidle')
  await page.waitForTimeout(500)
}

const browser = await openBrowser()
await mkdir(folder, { recursive: true })
for (const [name, path, look] of pictures) {
  const page = await openPanel(browser, { serverUrl, path, now: Date.now() }, { width: 360, ...look })
  await settled(page)
  await page.screenshot({ path: `${folder}${name}.png` })
  await page.context().close()
}
const look = { width: 360, theme: 'light', language: 'ru' } as const
const page = await openPanel(browser, { serverUrl, path: '/users?sort=purchases', now: Date.now() }, look)
await page.locator('main ul a').first().click()
await settled(page)
await page.screenshot({ path: `${folder}person-ru.png` })
await browser.close()
