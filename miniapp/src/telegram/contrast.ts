/** A colour as `#rrggbb`. */
export type Hex = `#${string}`

type Rgb = [red: number, green: number, blue: number]

function rgbOf(hex: string): Rgb {
  const text = hex.slice(1)
  const full = text.length < 6 ? [...text].map((digit) => digit + digit).join('') : text
  const value = Number.parseInt(full.slice(0, 6), 16)
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255]
}

function hexOf(rgb: Rgb): Hex {
  return `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`
}

/** Whether `text` is a colour these functions can read. */
export function isHex(text: unknown): text is Hex {
  return typeof text === 'string' && /^#(?:[\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})$/i.test(text)
}

/** `share` of `over` laid on `under`, from 0 (all under) to 1 (all over). */
export function mix(over: string, under: string, share: number): Hex {
  const [a, b] = [rgbOf(over), rgbOf(under)]
  const blend = (index: 0 | 1 | 2) => a[index] * share + b[index] * (1 - share)
  return hexOf([blend(0), blend(1), blend(2)])
}

/** Relative luminance, 0 to 1 (WCAG 2.2). */
function luminance(hex: string): number {
  const [red, green, blue] = rgbOf(hex).map((part) => {
    const share = part / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0)
}

/** Contrast ratio of two colours, 1 to 21 (WCAG 2.2). */
export function contrast(one: string, other: string): number {
  const [a, b] = [luminance(one), luminance(other)]
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

/** Whether a surface is dark, that is, whether white reads better on it than black. */
export function isDark(surface: string): boolean {
  return contrast('#ffffff', surface) > contrast('#000000', surface)
}

/**
 * `ink` itself where it keeps `least` : 1 on every surface, else the nearest mixture of it with black or white that
 * does; black or white where none can.
 */
export function readable(ink: string, surfaces: readonly string[], least = 4.5): Hex {
  const enough = (colour: string) => surfaces.every((surface) => contrast(colour, surface) >= least)
  const pole = surfaces[0] !== undefined && isDark(surfaces[0]) ? '#ffffff' : '#000000'
  for (let share = 0; share < 1; share += 0.04) {
    const colour = mix(pole, ink, share)
    if (enough(colour)) return colour
  }
  return pole
}
