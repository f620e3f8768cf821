import { readFile } from 'node:fs/promises'
import { extname, join, normalize } from 'node:path'
import { type Context, Hono } from 'hono'

const DIST = join(import.meta.dirname, '..', 'page', 'dist')
const MIME: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}
const NOT_BUILT = 'The chat page is not built yet: pnpm --filter @botdeck/bot run build\n'

/** The chat page at `/`, as vite built it. */
export function pageRoutes(): Hono {
  return new Hono()
    .get('/', (c) => page(c, 'index.html'))
    .get('/assets/*', (c) => page(c, c.req.path.slice(1)))
}

async function page(c: Context, path: string): Promise<Response> {
  const file = join(DIST, normalize(`/${decodeURIComponent(path)}`))
  try {
    const cache = path === 'index.html' ? 'no-cache' : 'max-age=31536000, immutable'
    const type = MIME[extname(file)] ?? 'application/octet-stream'
    return c.body(new Uint8Array(await readFile(file)), 200, { 'content-type': type, 'cache-control': cache })
  } catch {
    return path === 'index.html' ? c.text(NOT_BUILT, 503) : c.notFound()
  }
}
