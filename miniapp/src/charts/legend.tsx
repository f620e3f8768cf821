import { tick } from '../telegram/feel.ts'
import type { Series } from './series.ts'

interface Props {
  series: readonly Series[]
  hidden: readonly string[]
  onChange: (hidden: string[]) => void
}

/** The lines' names as chips; a tap hides or shows a line, but the last one stays. */
export function Legend({ series, hidden, onChange }: Props) {
  const named = series.filter(({ faint }) => !faint)
  if (named.length < 2) return null
  const toggle = (id: string) => {
    tick()
    const next = hidden.includes(id) ? hidden.filter((one) => one !== id) : [...hidden, id]
    if (next.length < named.length) onChange(next)
  }
  return (
    <div className="flex flex-wrap gap-x-2 px-3 pb-1">
      {named.map(({ id, name, color }) => (
        <button
          key={id}
          type="button"
          aria-pressed={!hidden.includes(id)}
          onClick={() => toggle(id)}
          className={`inline-flex min-h-11 items-center gap-1.5 px-1 text-label ${hidden.includes(id) ? 'text-hint line-through' : ''}`}
        >
          <span
            aria-hidden
            className="size-2.5 rounded-full border-2"
            style={{ borderColor: color, backgroundColor: hidden.includes(id) ? 'transparent' : color }}
          />
          {name}
        </button>
      ))}
    </div>
  )
}
