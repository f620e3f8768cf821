import { layer, vignette } from './layers.ts'
import { edit, grey, type Picture, settle } from './picture.ts'

type Colour = [red: number, green: number, blue: number]

const violet: Colour = [38, 12, 84]
const orange: Colour = [255, 176, 84]

/** Greys mapped onto the line from deep violet to warm orange. */
export async function duotone(picture: Picture): Promise<Picture> {
  const plain = await settle(edit(await grey(picture)).normalise({ lower: 1, upper: 99 }))
  const slopes = orange.map((light, channel) => (light - (violet[channel] ?? 0)) / 255)
  return settle(edit(plain).linear(slopes, violet))
}

/** Soft glow around the lights, in pastel colours. */
export async function dream(picture: Picture): Promise<Picture> {
  const sigma = Math.max(4, Math.max(picture.width, picture.height) / 70)
  const bloom = await settle(edit(picture).blur(sigma).linear(1.05, -62))
  const glowing = await settle(edit(picture).composite([layer(bloom, 'screen')]))
  const pastel = await settle(
    edit(glowing).modulate({ saturation: 1.12 }).linear([0.92, 0.86, 0.94], [20, 20, 26]),
  )
  return settle(edit(pastel).composite([vignette(pastel, 0.45, '#ffe3f4')]))
}
