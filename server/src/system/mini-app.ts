import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { html, raw } from 'hono/html'
import type { Env } from '../context.ts'

/** Where the Mini App's build lies. */
const miniAppFolder = fileURLToPath(new URL('../../../miniapp/dist', import.meta.url))

const missing = html`<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>Botdeck</title></head>
  <body style="font: 16px/1.5 system-ui, sans-serif; margin: 3rem auto; max-width: 32rem; padding: 0 1rem">
    <h1>The panel has not been built</h1>
    <p>Run <code>pnpm build</code> and load this page again. The API is up: see <a href="/api/docs">its page</a>.</p>
  </body>
</html>`

async function indexPage(folder: string, frameOrigins: readonly string[]): Promise<string | null> {
  try {
    const page = await readFile(`${folder}/index.html`, 'utf8')
    const origins = await html`${frameOrigins.join(' ')}`
    return page.replaceAll('__FRAME_ORIGINS__', () => String(origins))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

/**
 * The Mini App: files whose names change with their content are kept for ever, the page itself never, and every path
 * that is no file and not the API's is the page's own to route. The page is told which origins may embed it.
 */
export function miniAppRoutes(frameOrigins: readonly string[], folder = miniAppFolder) {
  const immutable = 'public, max-age=31536000, immutable'
  return new Hono<Env>()
    .use('/assets/*', async (c, next) => {
      await next()
      if (c.res.ok) c.res.headers.set('cache-control', immutable)
    })
    .use('/assets/*', serveStatic({ root: folder, precompressed: true }))
    .get('*', async (c, next) => {
      if (c.req.path.startsWith('/api/') || c.req.path.startsWith('/assets/')) return next()
      const page = await indexPage(folder, frameOrigins)
      c.header('cache-control', 'no-cache')
      return page === null ? c.html(missing, 503) : c.html(raw(page))
    })
}
