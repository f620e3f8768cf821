import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { botToken } from '../testing/init-data.ts'
import { noon, onStage } from '../testing/stage.ts'
import { imageType } from './images.ts'
import { fileKeyOf, fileLink } from './links.ts'

const png = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), Buffer.alloc(200_000, 7)])
const files: Record<string, Buffer> = { 'photos/1.png': png, 'documents/1.html': Buffer.from('<script>') }

/** Just as much of the Bot API as passes files on. */
function botApi(): Server {
  return createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    const path = { picture: 'photos/1.png', page: 'documents/1.html' }[url.searchParams.get('file_id') ?? '']
    if (url.pathname === `/bot${botToken}/getFile`)
      response.end(JSON.stringify(path ? { ok: true, result: { file_path: path } } : { ok: false }))
    else response.end(files[url.pathname.replace(`/file/bot${botToken}/`, '')])
  })
}

onStage('GET /api/files/:token', (stage) => {
  let api: Server
  const key = fileKeyOf(botToken)

  beforeEach(async () => {
    api = botApi()
    await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve))
    // @NOTE A listening TCP server has such an address.
    stage.variables = { TELEGRAM_API_ROOT: `http://127.0.0.1:${(api.address() as AddressInfo).port}` }
  })

  afterEach(async () => {
    api.closeAllConnections()
    await new Promise((resolve) => api.close(resolve))
  })

  it('passes a picture on without a session', async () => {
    const { status, headers, body } = await stage.request('GET', fileLink(key, 'picture', noon))
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('image/png')
    expect(headers.get('cache-control')).toBe('private, max-age=600')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(body.length).toBeGreaterThan(100_000)
  })

  it('passes nothing on that is no picture, and nothing that Telegram does not have', async () => {
    expect((await stage.request('GET', fileLink(key, 'page', noon))).status).toBe(404)
    expect((await stage.request('GET', fileLink(key, 'gone', noon))).status).toBe(404)
  })

  it('refuses links that were altered, that expired, or that another bot signed', async () => {
    const link = fileLink(key, 'picture', noon)
    const [payload = '', signature = ''] = link.replace('/api/files/', '').split('.')
    const other = Buffer.from(
      Buffer.from(payload, 'base64url').toString().replace('picture', 'page'),
    ).toString('base64url')
    const statusOf = async (path: string) => (await stage.request('GET', path)).status
    expect(await statusOf(`/api/files/${other}.${signature}`)).toBe(403)
    expect(await statusOf(`/api/files/${payload}`)).toBe(403)
    expect(await statusOf(fileLink(fileKeyOf('1:OTHER'), 'picture', noon))).toBe(403)
    stage.now = noon + 10 * 60_000 + 1
    expect(await statusOf(link)).toBe(403)
  })
})

describe('imageType', () => {
  it('knows pictures by their first bytes', () => {
    expect(imageType(Buffer.from('RIFF....WEBPVP8 '))).toBe('image/webp')
    expect(imageType(Buffer.from([0xff, 0xd8, 0xff, 0xe0]))).toBe('image/jpeg')
    expect(imageType(Buffer.from('<svg'))).toBeUndefined()
    expect(imageType(Buffer.alloc(0))).toBeUndefined()
  })
})
