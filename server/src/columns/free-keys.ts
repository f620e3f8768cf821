/** More names than this are not worth a list: the chunk may hold any. */
const mostKeys = 40
const longestKey = 100
/** Texts of properties that are remembered, so that equal ones are parsed once. */
const mostTexts = 1000

/** Names as a chunk keeps them, in a fixed order; null where there are too many, or long ones. */
export function keyList(names: ReadonlySet<string>): string[] | null {
  if (names.size > mostKeys) return null
  for (const name of names) if (name.length > longestKey) return null
  return [...names].sort()
}

/** Gathers the names of properties that occur in events and that have no column. */
export class FreeKeys {
  readonly #columns: ReadonlySet<string>
  readonly #names = new Set<string>()
  readonly #texts = new Set<string>()

  /** `columns` are the names that have one. */
  constructor(columns: readonly string[]) {
    this.#columns = new Set(columns)
  }

  /** Takes the names of parsed properties. */
  add(props: object): void {
    if (this.#names.size > mostKeys) return
    for (const name of Object.keys(props))
      if (!this.#names.has(name) && !this.#columns.has(name)) this.#names.add(name)
  }

  /** Takes the names of properties as they are stored; parses them only where they may tell new ones. */
  addText(text: string): void {
    if (this.#names.size > mostKeys || this.#texts.has(text)) return
    // @NOTE The column holds objects alone; `track` writes it.
    this.add(JSON.parse(text) as object)
    if (this.#texts.size < mostTexts) this.#texts.add(text)
  }

  /** The names, and those of columns that a chunk has to do without. */
  list(dropped: readonly string[]): string[] | null {
    return keyList(new Set([...this.#names, ...dropped]))
  }
}
