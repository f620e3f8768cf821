import sharp, { type Sharp } from 'sharp'
import { GenerationFailure } from './image-generator.ts'

/** The longest side of what we work on and send. */
const longestSide = 1600
const mostPixels = 80_000_000

/** A picture as three bytes a pixel, upright, without transparency or anything that its camera wrote into it. */
export interface Picture {
  pixels: Buffer
  width: number
  height: number
}

/** Reads whatever arrived. Throws `invalid_image` where it is no picture that can be read. */
export async function readPicture(file: Buffer): Promise<Picture> {
  try {
    const { data, info } = await sharp(file, { limitInputPixels: mostPixels })
      .autoOrient()
      .resize(longestSide, longestSide, { fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true })
    if (info.channels !== 3) throw new Error(`${info.channels} channels`)
    return { pixels: data, width: info.width, height: info.height }
  } catch (error) {
    throw new GenerationFailure('invalid_image', 'the picture cannot be read', error)
  }
}

/** A picture to work on with sharp. */
export function edit({ pixels, width, height }: Picture): Sharp {
  return sharp(pixels, { raw: { width, height, channels: 3 } })
}

/** Settles what was edited, so that the next steps see it: sharp orders the steps of one pipeline by its own rules. */
export async function settle(image: Sharp): Promise<Picture> {
  const settled = image.flatten({ background: '#ffffff' }).toColourspace('srgb').removeAlpha()
  const { data, info } = await settled.raw().toBuffer({ resolveWithObject: true })
  return { pixels: data, width: info.width, height: info.height }
}

/** Grey values with all three channels equal. */
export async function grey(picture: Picture): Promise<Picture> {
  const weights: [number, number, number] = [0.299, 0.587, 0.114]
  return settle(edit(picture).recomb([weights, weights, weights]))
}

export function toJpeg(picture: Picture): Promise<Buffer> {
  return edit(picture).jpeg({ quality: 90 }).toBuffer()
}
