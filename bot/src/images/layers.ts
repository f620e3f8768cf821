import sharp, { type OverlayOptions } from 'sharp'
import type { Picture } from './picture.ts'

/** Darkens the corners towards `colour`; `strength` from 0 to 1. */
export function vignette({ width, height }: Picture, strength: number, colour = '#000000'): OverlayOptions {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <defs><radialGradient id="v" cx="50%" cy="50%" r="75%">
      <stop offset="45%" stop-color="${colour}" stop-opacity="0"/>
      <stop offset="100%" stop-color="${colour}" stop-opacity="${strength}"/>
    </radialGradient></defs>
    <rect width="100%" height="100%" fill="url(#v)"/></svg>`
  return { input: Buffer.from(svg), blend: 'over' }
}

/** A warm glow from the upper right corner, as light that leaked into a camera. */
export function lightLeak({ width, height }: Picture): OverlayOptions {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <defs><radialGradient id="l" cx="100%" cy="0%" r="80%">
      <stop offset="0%" stop-color="#ff9a4a" stop-opacity="0.45"/>
      <stop offset="100%" stop-color="#ff9a4a" stop-opacity="0"/>
    </radialGradient></defs>
    <rect width="100%" height="100%" fill="url(#l)"/></svg>`
  return { input: Buffer.from(svg), blend: 'screen' }
}

/** Film grain; `sigma` is its strength in steps of grey. */
export async function grain({ width, height }: Picture, sigma: number): Promise<OverlayOptions> {
  const noise = { type: 'gaussian' as const, mean: 128, sigma }
  const input = await sharp({ create: { width, height, channels: 3, background: '#808080', noise } })
    .greyscale()
    .png({ compressionLevel: 1 })
    .toBuffer()
  return { input, blend: 'soft-light' }
}

/** A picture as a layer over another of its size. */
export function layer(
  { pixels, width, height }: Picture,
  blend: OverlayOptions['blend'] = 'over',
): OverlayOptions {
  return { input: pixels, raw: { width, height, channels: 3 }, blend }
}
