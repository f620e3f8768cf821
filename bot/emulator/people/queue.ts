/** What is due at an instant (ms). */
export interface Due {
  at: number
}

/** A queue that gives back what is due first; what is due at one instant comes in the order in which it was put in. */
export class Queue<T extends Due> {
  readonly #heap: { item: T; order: number }[] = []
  #puts = 0

  get size(): number {
    return this.#heap.length
  }

  put(item: T): void {
    const heap = this.#heap
    heap.push({ item, order: this.#puts++ })
    for (let child = heap.length - 1; child > 0; ) {
      const parent = (child - 1) >> 1
      if (!this.#before(child, parent)) break
      this.#swap(child, parent)
      child = parent
    }
  }

  /** Takes out what is due first; undefined when nothing is left. */
  take(): T | undefined {
    const heap = this.#heap
    if (heap.length === 0) return undefined
    this.#swap(0, heap.length - 1)
    const first = heap.pop()?.item
    for (let parent = 0; ; ) {
      const [left, right] = [2 * parent + 1, 2 * parent + 2]
      let least = parent
      if (left < heap.length && this.#before(left, least)) least = left
      if (right < heap.length && this.#before(right, least)) least = right
      if (least === parent) return first
      this.#swap(parent, least)
      parent = least
    }
  }

  #before(a: number, b: number): boolean {
    const [x, y] = [this.#heap[a], this.#heap[b]]
    if (!x || !y) return false
    return x.item.at - y.item.at < 0 || (x.item.at === y.item.at && x.order < y.order)
  }

  #swap(a: number, b: number): void {
    const [x, y] = [this.#heap[a], this.#heap[b]]
    if (!x || !y) return
    this.#heap[a] = y
    this.#heap[b] = x
  }
}
