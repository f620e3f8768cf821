import { type ReactNode, useEffect } from 'react'

interface Props {
  title: string
  /** Beside the title, at the right. */
  action?: ReactNode
  /** Below the title, above the content: the range bar. */
  bar?: ReactNode
  children: ReactNode
}

/** A screen: its title, its bar, its content. */
export function Page({ title, action, bar, children }: Props) {
  useEffect(() => {
    document.title = title
  }, [title])
  return (
    <>
      <header className="flex min-h-12 items-center justify-between gap-2 px-4 pt-2 max-[359px]:px-3">
        <h1 className="min-w-0 truncate font-semibold text-title">{title}</h1>
        {action}
      </header>
      {bar}
      <div className="pt-1">{children}</div>
    </>
  )
}
