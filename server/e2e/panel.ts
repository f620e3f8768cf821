import type { Browser, Page } from 'playwright-core'
import { signInitData } from '../src/testing/init-data.ts'
import { adminId } from './demo.ts'

/** The token of the demo's bot, which only the stand-in knows. */
const demoToken = '7000000001:DEMO_botdeck_local_stand_in_token'

/** How a phone opens the panel. */
export interface Look {
  width: number
  theme: 'light' | 'dark'
  language: 'en' | 'ru'
}

const zero = { top: 0, right: 0, bottom: 0, left: 0 }

const themes = {
  light: {
    bg_color: '#ffffff',
    text_color: '#000000',
    hint_color: '#707579',
    link_color: '#3390ec',
    button_color: '#3390ec',
    button_text_color: '#ffffff',
    secondary_bg_color: '#f4f4f5',
    accent_text_color: '#3390ec',
    section_bg_color: '#ffffff',
    section_header_text_color: '#707579',
    destructive_text_color: '#e53935',
  },
  dark: {
    bg_color: '#17212b',
    text_color: '#f5f5f5',
    hint_color: '#708499',
    link_color: '#6ab3f3',
    button_color: '#5288c1',
    button_text_color: '#ffffff',
    secondary_bg_color: '#232e3c',
    accent_text_color: '#6ab2f2',
    section_bg_color: '#17212b',
    section_header_text_color: '#6ab3f3',
    destructive_text_color: '#ec3942',
  },
}

/** A phone's client as the Mini App meets it: it answers what the page asks of it. */
function answerAsClient({ theme, insets }: { theme: object; insets: object }): void {
  type Global = typeof globalThis & {
    innerWidth: number
    innerHeight: number
    Telegram?: { WebView?: { receiveEvent(type: string, data: unknown): void } }
    TelegramWebviewProxy?: { postEvent(type: string): void }
  }
  // @NOTE Runs in the page, where these are what Telegram's own clients put there.
  const page = globalThis as Global
  const viewport = () => ({
    width: page.innerWidth,
    height: page.innerHeight,
    is_expanded: true,
    is_state_stable: true,
  })
  const answers: Record<string, () => [string, unknown]> = {
    web_app_request_theme: () => ['theme_changed', { theme_params: theme }],
    web_app_request_viewport: () => ['viewport_changed', viewport()],
    web_app_request_safe_area: () => ['safe_area_changed', insets],
    web_app_request_content_safe_area: () => ['content_safe_area_changed', insets],
  }
  page.TelegramWebviewProxy = {
    postEvent(type) {
      const answer = answers[type]
      if (answer) setTimeout(() => page.Telegram?.WebView?.receiveEvent(...answer()), 5)
    },
  }
}

/** Opens a page of the panel as the admin's phone does, outside any frame. */
export async function openPanel(
  browser: Browser,
  at: { serverUrl: string; path: string; now: number },
  { width, theme, language }: Look,
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: 780 }, deviceScaleFactor: 2 })
  await context.addInitScript(answerAsClient, { theme: themes[theme], insets: zero })
  const user = { id: adminId, first_name: 'Alex', language_code: language }
  const initData = signInitData(
    { auth_date: String(Math.floor(at.now / 1000)), signature: 'none', user: JSON.stringify(user) },
    demoToken,
  )
  const fragment = new URLSearchParams({
    tgWebAppData: initData,
    tgWebAppVersion: '9.1',
    tgWebAppPlatform: 'ios',
    tgWebAppThemeParams: JSON.stringify(themes[theme]),
  })
  const page = await context.newPage()
  await page.goto(`${at.serverUrl}${at.path}#${fragment}`)
  return page
}
