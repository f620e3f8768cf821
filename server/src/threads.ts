const loader = new URL('./load-typescript.js', import.meta.url).href

/** Flags of Node by which a thread or process of ours loads its sources without Node's own stripping of types (ADR 14). */
export const sourceFlags = ['--import', loader]
