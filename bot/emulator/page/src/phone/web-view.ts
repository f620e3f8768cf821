import { themeParams } from '../theme.ts'

/** Called with the data of one event that the Mini App posts. */
type Handler = (data: Record<string, unknown>) => void | Promise<void>

/** Events by Telegram's web-view names, core.telegram.org/api/web-events and /api/bots/webapps. */
export type Handlers = Record<string, Handler>

/**
 * Telegram's web-view protocol with the Mini App in a frame: its posts go to `handlers`, what the client has
 * to say goes by `post`. Only the frame itself is heard, and only its own origin is spoken to.
 */
export function createWebView(frame: HTMLIFrameElement, handlers: Handlers) {
  let origin = ''
  // Before its first word the frame may still hold another page.
  let heard = false
  window.addEventListener('message', (event) => {
    if (event.source !== frame.contentWindow || event.origin !== origin) return
    heard = true
    const parsed = parse(event.data)
    const handler = parsed && handlers[parsed.type]
    if (handler) void handler(parsed.data)
  })
  const post = (eventType: string, eventData: unknown = {}) => {
    if (heard) frame.contentWindow?.postMessage(JSON.stringify({ eventType, eventData }), origin)
  }
  return {
    post,
    load(url: string): void {
      origin = new URL(url).origin
      heard = false
      frame.src = url
    },
    unload(): void {
      origin = ''
      heard = false
      frame.removeAttribute('src')
    },
    postTheme: () => post('theme_changed', { theme_params: themeParams() }),
    postViewport: () =>
      post('viewport_changed', {
        width: frame.clientWidth,
        height: frame.clientHeight,
        is_expanded: true,
        is_state_stable: true,
      }),
  }
}

export type WebView = ReturnType<typeof createWebView>

function parse(message: unknown): { type: string; data: Record<string, unknown> } | undefined {
  try {
    const { eventType, eventData } = typeof message === 'string' ? JSON.parse(message) : (message ?? {})
    if (typeof eventType !== 'string') return undefined
    // An app posts an object, nothing, or (old clients) an empty string.
    return { type: eventType, data: typeof eventData === 'object' && eventData ? eventData : {} }
  } catch {
    return undefined
  }
}
