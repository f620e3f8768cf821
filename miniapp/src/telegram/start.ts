import {
  backButton,
  bindViewportCssVars,
  closingBehavior,
  init,
  miniApp,
  retrieveLaunchParams,
  retrieveRawInitData,
  swipeBehavior,
  themeParams,
  viewport,
} from '@telegram-apps/sdk-react'
import { addressEmbedder } from './origin.ts'
import { followTheme } from './theme.ts'

/** How the app was opened: by a client it can work in, by one too old for it, or by no client at all. */
export type Launch =
  | { state: 'ready'; initData: string; language: string }
  | { state: 'outside' | 'outdated' }

// A client that never answers must not hold the page back.
const viewportTimeoutMs = 800

/** Starts the SDK and its parts. Never throws: what cannot be started is told by the state. */
export function startTelegram(): Launch {
  const launched = /tgWebAppVersion|tgWebAppPlatform/.test(window.location.hash)
  try {
    const launch = retrieveLaunchParams()
    addressEmbedder()
    init()
    mountParts()
    const initData = retrieveRawInitData()
    scrubHash()
    if (!initData) return { state: 'outside' }
    return { state: 'ready', initData, language: launch.tgWebAppData?.user?.language_code ?? 'en' }
  } catch {
    // The launch data did not have the shape the SDK knows: written by a client older than Bot API 8.0, or absent.
    return { state: launched ? 'outdated' : 'outside' }
  }
}

function mountParts(): void {
  miniApp.mountSync.ifAvailable()
  themeParams.mountSync.ifAvailable()
  followTheme()
  backButton.mount.ifAvailable()
  closingBehavior.mount.ifAvailable()
  swipeBehavior.mount.ifAvailable()
  // Scrolling a long list must never drag the app shut (Telegram 7.7 and later).
  swipeBehavior.disableVertical.ifAvailable()
  void mountViewport()
  miniApp.setHeaderColor.ifAvailable('secondary_bg_color')
  miniApp.ready.ifAvailable()
}

async function mountViewport(): Promise<void> {
  try {
    if (viewport.mount.isAvailable()) await viewport.mount({ timeout: viewportTimeoutMs })
    if (bindViewportCssVars.isAvailable()) bindViewportCssVars()
    viewport.expand.ifAvailable()
  } catch {
    // Without an answer the page lays itself out by the window and the browser's own safe areas.
  }
}

// The launch data holds a signed identity: it must not stay in the address, in history or in an error report. The
// SDK has its own copy in the session's storage.
function scrubHash(): void {
  if (window.location.hash.includes('tgWebApp'))
    window.history.replaceState(window.history.state, '', window.location.pathname + window.location.search)
}
