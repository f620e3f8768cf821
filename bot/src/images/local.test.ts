import { defaultEffects } from '@botdeck/shared/domain/catalogue'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { createLocalGenerator } from './local.ts'

const generator = createLocalGenerator()
const generate = (image: Buffer, id = 'noir') =>
  generator.generate({ image, effect: { id, prompt: '' }, signal: AbortSignal.timeout(30_000) })

/** A photo with a sky, a hill and a face. */
function scene(width = 240, height = 160): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 16" width="${width}" height="${height}">
    <rect width="24" height="16" fill="#5a8fd8"/><path d="M0 12L9 5L24 13V16H0Z" fill="#3d7a45"/>
    <circle cx="14" cy="8" r="4" fill="#e8b48c"/><circle cx="13" cy="7" r=".6" fill="#222"/></svg>`
  return sharp(Buffer.from(svg)).jpeg().toBuffer()
}

describe('the local effects', () => {
  it.each(defaultEffects.map((effect) => effect.id))('make a JPEG of the same size with %s', async (id) => {
    const { format, width, height } = await sharp(await generate(await scene(), id)).metadata()
    expect({ format, width, height }).toEqual({ format: 'jpeg', width: 240, height: 160 })
  })

  it('are eight different pictures', async () => {
    const image = await scene()
    const small = async (picture: Buffer) =>
      sharp(picture).resize(12, 8, { fit: 'fill' }).removeAlpha().raw().toBuffer()
    const made = await Promise.all(
      defaultEffects.map(async (effect) => small(await generate(image, effect.id))),
    )
    const all = [await small(image), ...made]
    for (const [index, one] of all.entries())
      for (const other of all.slice(index + 1)) {
        const distance = one.reduce((sum, value, at) => sum + Math.abs(value - (other[at] ?? 0)), 0)
        expect(distance / one.length).toBeGreaterThan(5)
      }
  })

  it('turn a photo upright, make it no larger than 1600 and take out what its camera wrote', async () => {
    const lying = await sharp(await scene(2400, 1600))
      .withExif({ IFD0: { Copyright: 'somebody' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer()
    const { width, height, exif, orientation } = await sharp(await generate(lying)).metadata()
    expect({ width, height, exif, orientation }).toEqual({
      width: 1067,
      height: 1600,
      exif: undefined,
      orientation: undefined,
    })
  })

  it('take transparent, grey and tiny pictures', async () => {
    const clear = sharp({ create: { width: 3, height: 2, channels: 4, background: '#00000000' } })
    for (const effect of defaultEffects) {
      const { width, height } = await sharp(
        await generate(await clear.clone().png().toBuffer(), effect.id),
      ).metadata()
      expect([width, height]).toEqual([3, 2])
    }
    const grey = await sharp(await scene())
      .greyscale()
      .png()
      .toBuffer()
    expect((await sharp(await generate(grey, 'vintage')).metadata()).width).toBe(240)
  })

  it('refuse what is no picture, and effects they do not know', async () => {
    await expect(generate(Buffer.from('no picture'))).rejects.toMatchObject({ errorType: 'invalid_image' })
    await expect(generate(await scene(), 'other')).rejects.toMatchObject({ errorType: 'provider_error' })
  })
})
