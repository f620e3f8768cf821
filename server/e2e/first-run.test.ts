import type { Browser, FrameLocator, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFailed } from 'vitest'
import { openBrowser } from './browser.ts'
import { act } from './chat.ts'
import { adminId, type Demo, startDemo } from './demo.ts'

/** What somebody meets who clones the project, types `npm start` and opens the address. One story, in its order. */
describe('the first run', () => {
  let demo: Demo
  let browser: Browser
  let page: Page
  let panel: FrameLocator
  let wilma: number

  beforeAll(async () => {
    demo = await startDemo()
    browser = await openBrowser()
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
    wilma = await act.createPerson(demo, { first_name: 'Wilma', username: 'wilma_test', language_code: 'en' })
  })

  afterAll(async () => {
    await browser?.close()
    await demo?.stop()
  })

  // What was on the screen tells more than what was waited for.
  beforeEach(() => {
    onTestFailed(async () => {
      await page?.screenshot({ path: '.tmp/first-run.png' })
    })
  })

  const become = (id: number) => page.goto(`${demo.chatUrl}/?as=${id}`)
  const latest = (name: string | RegExp) => page.getByRole('button', { name }).last()

  it('greets a newcomer and makes a picture of their photo', async () => {
    await become(wilma)
    await page.getByRole('button', { name: 'Start', exact: true }).click()
    await page.getByText('You have 3 credits to start with').waitFor()
    await latest(/Effects/).click()
    await latest('Classic').click()
    await latest(/Noir · 1 credit/).click()
    await page.getByText('Now send me a photo').waitFor()
    await page.getByRole('button', { name: 'Attach a photo' }).click()
    await page.getByRole('button', { name: 'Send the sample picture “Fruit”' }).click()
    await page.getByText(/Noir · 2 credits left/).waitFor({ timeout: 60_000 })
  })

  it('sells credits for play-money Stars', async () => {
    await act.say(demo, wilma, '/store')
    await latest(/10 pictures · 50/).click()
    await latest(/^Pay/).click()
    await page.getByRole('button', { name: /Confirm and pay/ }).click()
    await page.getByText('10 credits were added; you now have 12.').waitFor()
  })

  it('thanks for a friend who makes a first picture', async () => {
    await act.say(demo, wilma, '/invite')
    await page.getByText(`start=ref_${wilma}`).waitFor()
    const friend = await act.createPerson(demo, { first_name: 'Fred', language_code: 'en' })
    await act.start(demo, friend, `ref_${wilma}`)
    await become(friend)
    await latest(/Effects/).click()
    await latest('Mood').click()
    await latest(/Duotone/).click()
    await page.getByRole('button', { name: 'Attach a photo' }).click()
    await page.getByRole('button', { name: 'Send the sample picture “Fruit”' }).click()
    await page.getByText(/Duotone · 2 credits left/).waitFor({ timeout: 60_000 })
    await become(wilma)
    await page.getByText('Somebody you invited has made their first picture').waitFor()
  })

  it('opens the panel for the admin alone', async () => {
    await act.say(demo, wilma, '/admin')
    await page.getByText('I do not know this command').waitFor()
    await become(adminId)
    await act.say(demo, adminId, '/admin')
    await latest('Panel').click()
    panel = page.frameLocator('iframe')
    await panel.getByRole('link', { name: /Active people/ }).waitFor()
  })

  it('finds the purchase among the people behind a number', async () => {
    await panel.getByRole('link', { name: 'Money' }).click()
    await panel
      .getByRole('link', { name: /Buyers/ })
      .first()
      .click()
    await panel.getByRole('link', { name: /Wilma/ }).waitFor()
  })

  it('tells the newcomer’s story on one page', async () => {
    await panel.getByRole('link', { name: /Wilma/ }).click()
    await panel.getByText('Timeline').waitFor()
    await panel.getByText('Paid').first().waitFor()
    const picture = panel.getByRole('img', { name: 'Picture from the bot' }).first()
    await picture.scrollIntoViewIfNeeded()
    const width = () => picture.evaluate((image: { naturalWidth?: number }) => image.naturalWidth)
    await expect.poll(width).toBeGreaterThan(0)
  })

  it('shows who comes back', async () => {
    await panel.getByRole('link', { name: 'Explore' }).click()
    await panel.getByRole('link', { name: /Retention/ }).click()
    await panel.getByRole('table').getByText('All').waitFor()
    await panel
      .getByRole('link', { name: /period 0: 100%/ })
      .first()
      .click()
    await panel
      .getByText(/people$|person$/)
      .first()
      .waitFor()
  })

  it('builds a funnel and opens the people at its end', async () => {
    await panel.getByRole('link', { name: 'Explore' }).click()
    await panel.getByRole('link', { name: /Funnel/ }).click()
    await panel.getByRole('button', { name: 'Edit' }).click()
    await panel.getByRole('button', { name: 'First picture' }).click()
    await panel.getByRole('button', { name: 'Apply' }).click()
    await panel.getByRole('link', { name: /Got a picture/ }).click()
    await panel.getByRole('link', { name: /Wilma/ }).waitFor()
    await panel.getByRole('link', { name: /Fred/ }).first().waitFor()
  })
})
