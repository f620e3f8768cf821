/**
 * Pairs items of one kind with partners of another, each partner with one item at most, and keeps every item paired
 * that was once added: a later item may make earlier ones change partners. (Augmenting paths; source: H. W. Kuhn,
 * "The Hungarian method for the assignment problem", 1955.)
 */
export class Pairing<Item, Partner> {
  readonly #partners: readonly Partner[]
  readonly #fits: (item: Item, partner: Partner) => boolean
  /** By the place of a partner in the list: the item it is paired with. */
  readonly #items = new Map<number, { item: Item }>()

  constructor(partners: readonly Partner[], fits: (item: Item, partner: Partner) => boolean) {
    this.#partners = partners
    this.#fits = fits
  }

  /** Pairs one more item; false, and nothing changed, where no partner can be found for all. */
  add(item: Item): boolean {
    return this.#place(item, new Set())
  }

  #place(item: Item, tried: Set<number>): boolean {
    for (const [place, partner] of this.#partners.entries()) {
      if (tried.has(place) || !this.#fits(item, partner)) continue
      tried.add(place)
      const holder = this.#items.get(place)
      if (holder && !this.#place(holder.item, tried)) continue
      this.#items.set(place, { item })
      return true
    }
    return false
  }
}
