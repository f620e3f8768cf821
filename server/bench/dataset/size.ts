/** How much data: people who ever came, and about how many events they leave behind. */
export const sizes = {
  XS: { people: 5_000, events: 100_000 },
  S: { people: 100_000, events: 2_000_000 },
  L: { people: 1_000_000, events: 20_000_000 },
} as const

export type Size = keyof typeof sizes

/** Data sets made by another edition are made anew. */
export const edition = 2
export const seed = 20_260_630
