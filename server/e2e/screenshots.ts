import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { openBrowser } from './browser.ts'
import { act } from './chat.ts'
import { adminId } from './demo.ts'
import { type Look, openPanel } from './panel.ts'

/*
 * Makes the pictures of the README from a running demo: `pnpm botdeck demo` in one terminal, `pnpm screenshots` in another.
 */

const folder = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url))
const serverUrl = process.env.SERVER_URL ?? 'http://127.0.0.1:8080'
const chatUrl = process.env.EMULATOR_URL ?? 'http://127.0.0.1:8081'

const pictures: [name: string, path: string, look: Omit<Look, 'width'>][] = [
  ['home-light', '/?r=7d', { theme: 'light', language: 'en' }],
  ['retention-dark', '/retention?r=30d', { theme: 'dark', language: 'en' }],
  ['funnel-light', '/funnel?r=30d', { theme: 'light', language: 'en' }],
  ['cohorts-dark', '/cohorts?r=30d', { theme: 'dark', language: 'en' }],
  ['money-ru', '/money?r=30d', { theme: 'light', language: 'ru' }],
  ['hours-light', '/heatmap?r=30d', { theme: 'light', language: 'en' }],
]

async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.waitForLoadState('networkidle')
  await page.waitForTimeout(500)
}

/** The chat of a newcomer with their first picture, and beside it the panel that the admin opened. */
async function takeDemo(browser: Browser): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1200, height: 860 } })
  const become = (id: number) => page.goto(`${chatUrl}/?as=${id}`)
  const press = (name: string | RegExp) => page.getByRole('button', { name }).last().click()
  const wilma = await act.createPerson({ chatUrl }, { first_name: 'Wilma', language_code: 'en' })
  await become(wilma)
  await page.getByRole('button', { name: 'Start', exact: true }).click()
  for (const name of [/Effects/, 'Mood', /Duotone/]) await press(name)
  await press('Attach a photo')
  await press(/Send the sample picture/)
  await page.getByText(/Duotone · 2 credits left/).waitFor({ timeout: 60_000 })
  await page.getByRole('button', { name: /Choose another person/ }).click()
  await page.locator('.people .person', { hasText: 'Admin' }).first().click()
  await page.getByRole('button', { name: 'Start', exact: true }).click()
  await page.getByText('credits to start with').waitFor()
  await act.say({ chatUrl }, adminId, '/admin')
  await press('Panel')
  await page
    .frameLocator('iframe')
    .getByRole('link', { name: /Active people/ })
    .waitFor()
  await page.getByRole('button', { name: /Choose another person/ }).click()
  await page.locator('.people .person', { hasText: 'Wilma' }).first().click()
  await page.waitForTimeout(1500)
  await page.screenshot({ path: `${folder}demo.png` })
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
await takeDemo(browser)
await browser.close()
