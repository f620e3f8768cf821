import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { miniAppRoutes } from './mini-app.ts'

describe('miniAppRoutes', () => {
  let folder: string

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'botdeck-panel-'))
  })

  afterEach(() => rm(folder, { recursive: true, force: true }))

  async function build() {
    await mkdir(join(folder, 'assets'))
    await writeFile(join(folder, 'assets/index-abc.js'), 'let panel')
    await writeFile(join(folder, 'index.html'), '<meta name="frame-origins" content="__FRAME_ORIGINS__">')
  }

  it('sends the page for every path of its own, never kept, with the origins that may embed it', async () => {
    await build()
    const app = miniAppRoutes(['https://web.telegram.org', 'http://"x"&'], folder)
    for (const path of ['/', '/users/42?tab=1']) {
      const response = await app.request(path)
      expect(response.status).toBe(200)
      expect(response.headers.get('cache-control')).toBe('no-cache')
      expect(await response.text()).toBe(
        '<meta name="frame-origins" content="https://web.telegram.org http://&quot;x&quot;&amp;">',
      )
    }
  })

  it('sends hashed files to be kept for ever, and 404 for others', async () => {
    await build()
    const app = miniAppRoutes([], folder)
    const file = await app.request('/assets/index-abc.js')
    expect(await file.text()).toBe('let panel')
    expect(file.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(file.headers.get('content-type')).toContain('javascript')
    expect((await app.request('/assets/index-old.js')).status).toBe(404)
    expect((await app.request('/assets/../index.html')).headers.get('cache-control')).toBe('no-cache')
    expect((await app.request('/assets/%2e%2e/%2e%2e/etc/passwd')).status).not.toBe(500)
  })

  it('leaves the API alone', async () => {
    await build()
    expect((await miniAppRoutes([], folder).request('/api/nothing')).status).toBe(404)
  })

  it('says what to do where the build is missing', async () => {
    const response = await miniAppRoutes([], folder).request('/')
    expect(response.status).toBe(503)
    expect(await response.text()).toContain('pnpm build')
  })
})
