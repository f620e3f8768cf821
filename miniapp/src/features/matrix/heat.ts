import { contrast, mix, readable } from '../../telegram/contrast.ts'
import type { Palette } from '../../telegram/palette.ts'

/** The colour of a share and of the words on it. */
export interface Heat {
  background: string
  ink: string
}

// As many shades as an eye tells apart; each is worked out once for a palette.
const shades = 24

/**
 * One ramp of the accent from 6 % to 92 %, as a function of a share from 0 to 1. The words on it are the page's or
 * the button's, whichever reads better, moved until they keep 4.5 : 1; without a share there is no colour.
 */
export function heatRamp({ button, card, text, hint, ...palette }: Palette): (share: number | null) => Heat {
  const ramp = Array.from({ length: shades + 1 }, (_, shade): Heat => {
    const background = mix(button, card, 0.06 + (shade / shades) * 0.86)
    const light = palette['on-button']
    const ink = contrast(light, background) > contrast(text, background) ? light : text
    return { background, ink: readable(ink, [background]) }
  })
  const none: Heat = { background: 'transparent', ink: hint }
  return (share) =>
    share === null ? none : (ramp[Math.round(Math.min(1, Math.max(0, share)) * shades)] ?? none)
}
