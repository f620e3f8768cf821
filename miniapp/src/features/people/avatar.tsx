import { UserX } from 'lucide-react'

const inks = ['var(--cat-1)', 'var(--cat-2)', 'var(--cat-3)', 'var(--cat-4)', 'var(--cat-5)', 'var(--cat-6)']

/** The first letter of a name on a colour that belongs to the person. */
export function Avatar({ id, name, large = false }: { id: number | null; name: string; large?: boolean }) {
  const ink = id === null ? 'var(--hint)' : (inks[id % inks.length] ?? 'var(--hint)')
  const [letter] = [...new Intl.Segmenter().segment(name.replace(/^@/, ''))]
  return (
    <span
      aria-hidden
      className={`inline-flex shrink-0 items-center justify-center rounded-full font-semibold ${large ? 'size-18 text-title' : 'size-10'}`}
      style={{ backgroundColor: `color-mix(in srgb, ${ink} 18%, var(--card))`, color: 'var(--text)' }}
    >
      {id === null ? <UserX size={18} /> : letter?.segment.toUpperCase()}
    </span>
  )
}
