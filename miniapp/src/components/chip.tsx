import type { ComponentProps, ReactNode } from 'react'

interface Props extends ComponentProps<'button'> {
  selected?: boolean
  icon?: ReactNode
}

/** A small pill that chooses or toggles. The pill is 32 px high, what a finger can hit 44. */
export function Chip({ selected, icon, children, className = '', ...rest }: Props) {
  return (
    <button
      type="button"
      aria-pressed={selected}
      className={`inline-flex min-h-11 max-w-full shrink-0 items-center ${className}`}
      {...rest}
    >
      <span
        className={`inline-flex h-8 max-w-full items-center gap-1 rounded-full px-3 text-sub ${selected ? 'bg-button text-on-button' : 'bg-card text-text'}`}
      >
        {icon}
        <span className="truncate">{children}</span>
      </span>
    </button>
  )
}

/** A word beside a name: a tier, a segment. */
export function Tag({ children, danger = false }: { children: ReactNode; danger?: boolean }) {
  return (
    <span
      className={`inline-flex max-w-full items-center truncate rounded-full bg-fill px-2.5 py-0.5 text-label ${danger ? 'text-danger' : 'text-text'}`}
    >
      {children}
    </span>
  )
}
