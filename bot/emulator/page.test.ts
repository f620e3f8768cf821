import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { InlineKeyboard } from 'grammy'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { serveMiniApp } from './testing/mini-app.ts'
import { ANN, openStage, type Stage } from './testing/stage.ts'

const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
const built = existsSync(join(import.meta.dirname, 'page', 'dist', 'index.html'))
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
]

// The page is built before the tests run (pnpm run check); without it there is nothing to open.
describe.skipIf(!built || !existsSync(CHROMIUM))('the chat page', { timeout: 60_000 }, () => {
  let browser: Browser
  let app: Awaited<ReturnType<typeof serveMiniApp>>
  let stage: Stage
  let page: Page
  let problems: string[]

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: QUIET })
    app = await serveMiniApp()
  }, 60_000)
  afterAll(async () => {
    app.close()
    await browser.close()
  })
  beforeEach(async () => {
    stage = await openStage()
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
    problems = []
    page.on('pageerror', (error) => problems.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text())
    })
  })
  afterEach(async () => {
    await page.close()
    await stage.close()
    expect(problems).toEqual([])
  })

  const openAs = (personId: number) => page.goto(`${stage.emulator.url}/?as=${personId}`)

  it('lets a person start, press a button, send a picture and pay', async () => {
    stage.bot.command('start', (ctx) =>
      ctx.reply('<b>Welcome</b>', {
        parse_mode: 'HTML',
        reply_markup: new InlineKeyboard().text('Styles', 's'),
      }),
    )
    stage.bot.callbackQuery('s', (ctx) => ctx.answerCallbackQuery('Here they are'))
    stage.bot.on('message:photo', (ctx) =>
      ctx.replyWithInvoice('Fifty', 'Fifty credits', 'p', 'XTR', [{ label: 'Fifty', amount: 45 }]),
    )
    stage.bot.on('pre_checkout_query', (ctx) => ctx.answerPreCheckoutQuery(true))
    await stage.poll()
    await openAs(ANN)
    await page.getByRole('button', { name: 'Start', exact: true }).click()
    await page.locator('strong', { hasText: 'Welcome' }).waitFor()
    await page.getByRole('button', { name: 'Styles' }).click()
    await page.getByText('Here they are').waitFor()
    await page.getByRole('button', { name: 'Attach a photo' }).click()
    await page.getByRole('button', { name: 'Send the sample picture “Fruit”' }).click()
    await page.getByRole('button', { name: 'Pay ⭐️45' }).click()
    await page.getByText('Play money: nothing is charged.').waitFor()
    await page.getByRole('button', { name: 'Confirm and pay ⭐️45' }).click()
    await page.getByText('You paid ⭐️45 to Stage').waitFor()
    expect(await stage.bot.api.getMyStarBalance()).toEqual({ amount: 45 })
  })

  it('says why a payment failed, and leaves the invoice open', async () => {
    stage.bot.on('pre_checkout_query', (ctx) => ctx.answerPreCheckoutQuery(false, 'This package is gone'))
    await stage.poll()
    await stage.client.start(ANN)
    await stage.bot.api.sendInvoice(ANN, 'Fifty', 'Fifty credits', 'p', 'XTR', [{ label: 'x', amount: 45 }])
    await openAs(ANN)
    await page.getByRole('button', { name: 'Pay ⭐️45' }).click()
    await page.getByRole('button', { name: 'Confirm and pay ⭐️45' }).click()
    await page.getByText('Payment failed: This package is gone').waitFor()
    await page.getByRole('button', { name: 'Pay ⭐️45' }).waitFor()
    expect(await stage.bot.api.getMyStarBalance()).toEqual({ amount: 0 })
  })

  it('speaks the web-view protocol with the Mini App in the phone', async () => {
    stage.bot.on('pre_checkout_query', (ctx) => ctx.answerPreCheckoutQuery(true))
    await stage.poll()
    await stage.client.start(ANN)
    const link = await stage.bot.api.createInvoiceLink('Ten', 'Ten credits', 'p', '', 'XTR', [
      { label: 'Ten', amount: 10 },
    ])
    const url = `${app.url}?slug=${encodeURIComponent(link.replace('https://t.me/$', ''))}`
    await stage.bot.api.sendMessage(ANN, 'panel', { reply_markup: new InlineKeyboard().webApp('Open', url) })
    await openAs(ANN)
    await page.getByRole('button', { name: 'Open', exact: true }).click()
    const frame = page.frameLocator('iframe')
    const heard = (line: string) => frame.locator('li', { hasText: line }).first().waitFor()

    await frame.getByText('user Ann').waitFor()
    await heard('theme_changed {"theme_params":{"bg_color":"#ffffff"')
    await heard('safe_area_changed {"top":0')
    await page.getByRole('button', { name: 'Save' }).click()
    await heard('main_button_pressed')
    await page.getByRole('button', { name: 'Back', exact: true }).click()
    await heard('back_button_pressed')
    await frame.getByRole('button', { name: 'Ask' }).click()
    await page.getByRole('button', { name: 'Give back' }).click()
    await heard('popup_closed {"button_id":"yes"}')
    await frame.getByRole('button', { name: 'Store' }).click()
    await heard('custom_method_invoked {"req_id":"b","result":{"k":"v","none":""}}')
    await frame.getByRole('button', { name: 'Buy' }).click()
    await page.getByRole('button', { name: 'Confirm and pay ⭐️10' }).click()
    await heard('"status":"paid"}')
    await page.getByRole('button', { name: 'Dark theme' }).click()
    await heard('theme_changed {"theme_params":{"bg_color":"#212121"')
    await page.getByRole('button', { name: 'Full screen with safe areas' }).click()
    await heard('safe_area_changed {"top":47,"right":0,"bottom":34,"left":0}')
    await frame.getByRole('button', { name: 'Leave' }).click()
    await page.getByText('The admin panel opens here').waitFor()
  })

  it('lets a new person open an invitation that was shared', async () => {
    const link = 'https://t.me/stage_bot?start=ref_1'
    const share = `https://t.me/share/url?${new URLSearchParams({ url: link, text: 'Come along' })}`
    await stage.client.start(ANN)
    await stage.bot.api.sendMessage(ANN, 'invite', { reply_markup: new InlineKeyboard().url('Share', share) })
    await openAs(ANN)
    await page.getByRole('button', { name: 'Share' }).click()
    await page.getByRole('button', { name: 'A new person opens it' }).click()
    await page.getByText('/start ref_1').waitFor()
    const people = await stage.client.persons({ kind: 'person' })
    expect(people.map((person) => person.started)).toEqual([true, true, false])
    expect(people[0]?.id).not.toBe(ANN)
  })

  it('fits 360 px in two tabs', async () => {
    await page.setViewportSize({ width: 360, height: 700 })
    await openAs(ANN)
    await page.getByRole('button', { name: 'Start', exact: true }).waitFor()
    await page.getByRole('tab', { name: 'Mini App' }).click()
    await page.getByText('The admin panel opens here').waitFor()
    expect(await page.getByRole('button', { name: 'Start', exact: true }).isVisible()).toBe(false)
    const box = await page.locator('html').evaluate((html) => html.scrollWidth)
    expect(box).toBe(360)
  })
})
