import { targetOrigin } from '@telegram-apps/sdk-react'

/** Where the page is embedded, as the browser tells it; null in a window of its own. */
function embedder(): string | null {
  if (window.parent === window) return null
  const ancestor = window.location.ancestorOrigins?.[0]
  if (ancestor) return ancestor
  try {
    return new URL(document.referrer).origin
  } catch {
    return null
  }
}

/** The listed origin that embeds the page; null where the embedder is unknown or not listed. */
export function allowedEmbedder(listed: string, origin: string | null): string | null {
  return origin !== null && listed.split(/\s+/).includes(origin) ? origin : null
}

/**
 * Inside a frame the SDK speaks to one origin, Telegram's web client unless told otherwise. Tells it the embedder,
 * when the server lists it; must run before the SDK starts.
 */
export function addressEmbedder(): void {
  const listed = document.querySelector<HTMLMetaElement>('meta[name="frame-origins"]')?.content ?? ''
  const origin = allowedEmbedder(listed, embedder())
  if (origin !== null) targetOrigin.set(origin)
}
