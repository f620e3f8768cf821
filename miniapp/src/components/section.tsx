import type { ReactNode } from 'react'

interface Props {
  title?: ReactNode
  /** Beside the title, at the right. */
  action?: ReactNode
  footer?: ReactNode
  children: ReactNode
}

/** An inset group: header above, cells on a card, a sentence below. */
export function Section({ title, action, footer, children }: Props) {
  return (
    <section className="mx-4 mb-5 max-[359px]:mx-3">
      {(title || action) && (
        <div className="flex min-h-8 items-end justify-between gap-2 px-4 pb-1.5">
          <h2 className="min-w-0 text-label text-header">{title}</h2>
          {action}
        </div>
      )}
      <div className="overflow-hidden rounded-group bg-card">{children}</div>
      {footer && <p className="px-4 pt-1.5 text-label text-hint">{footer}</p>}
    </section>
  )
}
