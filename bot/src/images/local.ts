import { comic, pixel, sketch } from './art-effects.ts'
import { noir, sepia, vintage } from './classic-effects.ts'
import { GenerationFailure, type ImageGenerator } from './image-generator.ts'
import { dream, duotone } from './mood-effects.ts'
import { type Picture, readPicture, toJpeg } from './picture.ts'

/** The effects that are made on this machine, by the ids of the catalogue. */
const effects = new Map<string, (picture: Picture) => Promise<Picture>>([
  ['noir', noir],
  ['sepia', sepia],
  ['vintage', vintage],
  ['sketch', sketch],
  ['comic', comic],
  ['pixel', pixel],
  ['duotone', duotone],
  ['dream', dream],
])

/** Makes pictures with sharp, on threads of its own. */
export function createLocalGenerator(): ImageGenerator {
  return {
    timeLimitMs: 30_000,
    async generate({ image, effect, signal }) {
      const apply = effects.get(effect.id)
      if (!apply) throw new GenerationFailure('provider_error', `no local effect is called ${effect.id}`)
      const picture = await readPicture(image)
      signal.throwIfAborted()
      const changed = await apply(picture)
      signal.throwIfAborted()
      return toJpeg(changed)
    },
  }
}
