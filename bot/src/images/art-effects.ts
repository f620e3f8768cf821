import sharp, { type Sharp } from 'sharp'
import { layer } from './layers.ts'
import { edit, grey, type Picture, settle } from './picture.ts'

/** Pencil on paper: what differs from its own blur becomes a stroke. */
export async function sketch(picture: Picture): Promise<Picture> {
  const plain = await settle(
    edit(await grey(picture))
      .normalise()
      .linear(0.72, 70),
  )
  const sigma = Math.max(2, Math.max(plain.width, plain.height) / 160)
  const blurred = await settle(edit(plain).negate().blur(sigma))
  const strokes = await settle(edit(plain).composite([layer(blurred, 'colour-dodge')]))
  const shading = await settle(edit(plain).blur(1.2).linear(0.35, 165))
  const drawn = await settle(edit(strokes).composite([layer(shading, 'multiply')]))
  return settle(edit(drawn).linear(1.25, -42))
}

/** Flat, strong colours inside black outlines. */
export async function comic(picture: Picture): Promise<Picture> {
  const { width, height } = picture
  const smooth = await settle(calm(picture, 7).modulate({ saturation: 1.4, brightness: 1.05 }))
  const flat = await settle(edit(flattened(await settle(calm(smooth, 5)))))
  const outlines = await settle(edit(await inkOf({ ...smooth, width, height })))
  return settle(edit(flat).composite([layer(outlines, 'multiply')]))
}

/** The median of a square of `side` pixels around each; a picture smaller than the square stays as it is. */
function calm(picture: Picture, side: number): Sharp {
  const fits = Math.min(picture.width, picture.height) >= side
  return fits ? edit(picture).median(side) : edit(picture)
}

/** Every channel rounded to one of seven levels. */
function flattened(picture: Picture): Picture {
  const step = 255 / 6
  const levels = Uint8Array.from({ length: 256 }, (_, value) => Math.round(Math.round(value / step) * step))
  return { ...picture, pixels: Buffer.from(picture.pixels.map((value) => levels[value] ?? value)) }
}

/** Black where brightness changes fast, white elsewhere (Sobel). */
async function inkOf(picture: Picture): Promise<Picture> {
  const soft = await settle(edit(await grey(picture)).blur(1.4))
  const [across, down] = await Promise.all(
    [
      [-1, 0, 1, -2, 0, 2, -1, 0, 1],
      [-1, -2, -1, 0, 0, 0, 1, 2, 1],
    ].map(async (kernel) => {
      const sides = [kernel, kernel.map((weight) => -weight)]
      const halves = await Promise.all(
        sides.map((side) => settle(edit(soft).convolve({ width: 3, height: 3, kernel: side, scale: 1 }))),
      )
      return halves.map((half) => half.pixels)
    }),
  )
  const parts = [...(across ?? []), ...(down ?? [])]
  const pixels = Buffer.alloc(soft.pixels.length, 255)
  for (let index = 0; index < pixels.length; index += 1) {
    let edge = 0
    for (const part of parts) edge += part[index] ?? 0
    pixels[index] = Math.max(0, Math.min(255, 255 - (edge - 55) * 4))
  }
  return settle(calm({ ...soft, pixels }, 3))
}

/** Pixels on the longer side of a pixel-art picture, and colours in it. */
const grid = 112
const colours = 24

/** Large square pixels of a small palette. */
export async function pixel(picture: Picture): Promise<Picture> {
  const { width, height } = picture
  const small = await edit(picture)
    .modulate({ saturation: 1.35 })
    .resize(grid, grid, { fit: 'inside', withoutEnlargement: true, kernel: 'lanczos3' })
    .sharpen()
    .png({ palette: true, colours, dither: 0 })
    .toBuffer()
  return settle(sharp(small).resize(width, height, { kernel: 'nearest', fit: 'fill' }))
}
