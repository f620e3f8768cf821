/** The colour of a share and of the words on it, as CSS. */
export interface Heat {
  background: string
  ink: string
}

// Below this share of the accent the page's own ink reads better, above it the button's.
const flip = 0.55

/** One ramp of the accent from 6 % to 92 %; no share, no colour. */
export function heatOf(share: number | null): Heat {
  if (share === null) return { background: 'transparent', ink: 'var(--hint)' }
  const strength = 0.06 + Math.min(1, Math.max(0, share)) * 0.86
  return {
    background: `color-mix(in srgb, var(--button) ${Math.round(strength * 100)}%, var(--card))`,
    ink: strength > flip ? 'var(--on-button)' : 'var(--text)',
  }
}
