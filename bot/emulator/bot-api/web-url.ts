const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Telegram takes https alone; the stand-in also plain http on this machine, where the demo's Mini App lives. */
export function isAppUrl(text: string): boolean {
  const url = URL.parse(text)
  return url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.has(url.hostname))
}

/** A link that a button may open. */
export function isLink(text: string): boolean {
  const url = URL.parse(text) ?? URL.parse(`https://${text}`)
  if (url?.protocol === 'tg:') return true
  const web = url?.protocol === 'https:' || url?.protocol === 'http:'
  return web && (url.hostname.includes('.') || LOOPBACK.has(url.hostname))
}
