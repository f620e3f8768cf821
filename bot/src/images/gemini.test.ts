import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import sharp from 'sharp'
import { afterEach, describe, expect, it } from 'vitest'
import { createGeminiGenerator } from './gemini.ts'

let close = () => {}
afterEach(() => close())

/** A service that answers every request alike, and the requests it got. */
async function generatorAnswering(status: number, body: unknown) {
  const requests: string[] = []
  const app = new Hono().all('*', async (c) => {
    requests.push(`${c.req.path} ${await c.req.text()}`)
    return Response.json(body, { status })
  })
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' })
  await new Promise((resolve) => server.once('listening', resolve))
  close = () => server.close()
  // @NOTE A listening TCP server's address is never a pipe's name.
  const { port } = server.address() as AddressInfo
  const generator = createGeminiGenerator({ apiKey: 'k', baseUrl: `http://127.0.0.1:${port}` })
  const generate = async (image: Buffer | Promise<Buffer> = picture()) =>
    generator.generate({
      image: await image,
      effect: { id: 'noir', prompt: 'Black and white' },
      signal: AbortSignal.timeout(10_000),
    })
  return { generate, requests }
}

function picture(): Promise<Buffer> {
  return sharp({ create: { width: 8, height: 6, channels: 3, background: '#884422' } })
    .png()
    .toBuffer()
}

describe('Gemini', () => {
  it('is given the photo and the prompt, and its picture becomes a JPEG', async () => {
    const data = (await picture()).toString('base64')
    const parts = [{ text: 'Here:' }, { inlineData: { mimeType: 'image/png', data } }]
    const { generate, requests } = await generatorAnswering(200, { candidates: [{ content: { parts } }] })
    expect((await sharp(await generate()).metadata()).format).toBe('jpeg')
    expect(requests).toHaveLength(1)
    expect(requests[0]).toContain('Style: Black and white.')
  })

  it.each([
    ['safety_block', 200, { promptFeedback: { blockReason: 'SAFETY' } }],
    ['safety_block', 200, { candidates: [{ finishReason: 'IMAGE_SAFETY' }] }],
    ['provider_error', 200, { candidates: [{ finishReason: 'STOP', content: { parts: [{ text: 'No' }] } }] }],
    ['invalid_image', 400, { error: { code: 400, message: 'Unable to process input image' } }],
  ])('fails as %s on %i %j', async (errorType, status, body) => {
    const { generate } = await generatorAnswering(status, body)
    await expect(generate()).rejects.toMatchObject({ errorType })
  })

  it('is not asked about what is no picture', async () => {
    const { generate, requests } = await generatorAnswering(200, {})
    await expect(generate(Buffer.from('x'))).rejects.toMatchObject({ errorType: 'invalid_image' })
    expect(requests).toEqual([])
  })
})
