import { grain, lightLeak, vignette } from './layers.ts'
import { edit, grey, type Picture, settle } from './picture.ts'

/** Black and white with deep shadows and grain. */
export async function noir(picture: Picture): Promise<Picture> {
  const stretched = await settle(edit(await grey(picture)).normalise({ lower: 2, upper: 98 }))
  const hard = await settle(edit(stretched).linear(1.3, -45))
  return settle(edit(hard).composite([vignette(hard, 0.75), await grain(hard, 26)]))
}

/** A brown print with soft edges. */
export async function sepia(picture: Picture): Promise<Picture> {
  const faded = await settle(
    edit(await grey(picture))
      .normalise()
      .linear(0.84, 22),
  )
  const brown = await settle(edit(faded).linear([1.06, 0.88, 0.64], [8, 2, -4]))
  return settle(edit(brown).composite([vignette(brown, 0.5, '#3a2410'), await grain(brown, 12)]))
}

/** Faded warm colours of an old snapshot, with light leaked in. */
export async function vintage(picture: Picture): Promise<Picture> {
  const warm = await settle(
    edit(picture).recomb([
      [0.92, 0.12, 0.04],
      [0.06, 0.86, 0.06],
      [0.08, 0.14, 0.68],
    ]),
  )
  const faded = await settle(edit(warm).linear([0.86, 0.82, 0.72], [30, 26, 40]))
  const layers = [lightLeak(faded), vignette(faded, 0.55, '#2b1608'), await grain(faded, 14)]
  return settle(edit(faded).composite(layers))
}
