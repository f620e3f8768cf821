import { emitEvent, isTMA, mockTelegramEnv } from '@telegram-apps/sdk-react'

const light = {
  bg_color: '#ffffff',
  text_color: '#000000',
  hint_color: '#707579',
  link_color: '#3390ec',
  button_color: '#3390ec',
  button_text_color: '#ffffff',
  secondary_bg_color: '#f4f4f5',
  section_bg_color: '#ffffff',
  section_header_text_color: '#707579',
  accent_text_color: '#3390ec',
  destructive_text_color: '#df3f40',
} as const

const dark = {
  ...light,
  bg_color: '#212121',
  text_color: '#ffffff',
  hint_color: '#aaaaaa',
  link_color: '#8774e1',
  button_color: '#8774e1',
  secondary_bg_color: '#0f0f0f',
  section_bg_color: '#212121',
  section_header_text_color: '#aaaaaa',
  accent_text_color: '#8774e1',
  destructive_text_color: '#ff595a',
} as const

const noInsets = { top: 0, right: 0, bottom: 0, left: 0 }

/** Plays the Telegram client in a plain browser: for `pnpm dev:miniapp` alone, a build leaves it out. */
export async function mockTelegram(): Promise<void> {
  // The plain check is fooled by a reload: the first run leaves its launch data in the session's storage.
  if (await isTMA('complete')) return
  const theme = matchMedia('(prefers-color-scheme: dark)').matches ? dark : light
  const signed = await (await fetch('/__launch')).text()
  mockTelegramEnv({
    launchParams: {
      tgWebAppPlatform: 'tdesktop',
      tgWebAppVersion: '9.1',
      tgWebAppThemeParams: theme,
      tgWebAppData: signed,
    },
    onEvent([name, payload]) {
      if (name === 'web_app_request_theme') emitEvent('theme_changed', { theme_params: theme })
      if (name === 'web_app_request_viewport')
        emitEvent('viewport_changed', {
          width: innerWidth,
          height: innerHeight,
          is_expanded: true,
          is_state_stable: true,
        })
      if (name === 'web_app_request_safe_area') emitEvent('safe_area_changed', noInsets)
      if (name === 'web_app_request_content_safe_area') emitEvent('content_safe_area_changed', noInsets)
      if (name === 'web_app_open_popup') answerPopup(payload)
      if (name === 'web_app_open_link' && has(payload, 'url'))
        window.open(String(payload.url), '_blank', 'noopener')
    },
  })
}

function has<K extends string>(value: unknown, key: K): value is Record<K, unknown> {
  return typeof value === 'object' && value !== null && key in value
}

// The first button of our popups is the one that agrees.
function answerPopup(payload: unknown): void {
  const message = has(payload, 'message') ? String(payload.message) : ''
  const first: unknown = has(payload, 'buttons') && Array.isArray(payload.buttons) ? payload.buttons[0] : null
  const agreed = window.confirm(message) && has(first, 'id')
  setTimeout(() => emitEvent('popup_closed', agreed ? { button_id: String(first.id) } : {}), 0)
}
