// Six colours can be told apart; what comes after is grey.
const colors = [
  'var(--cat-1)',
  'var(--cat-2)',
  'var(--cat-3)',
  'var(--cat-4)',
  'var(--cat-5)',
  'var(--cat-6)',
]

/** The colour of a category: by its place in the server's list, which does not change with the sorting. */
export function categoryColor(id: string, all: readonly string[]): string {
  return colors[all.indexOf(id)] ?? 'var(--other)'
}
