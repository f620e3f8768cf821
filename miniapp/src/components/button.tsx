import type { ComponentProps } from 'react'

const looks = {
  main: 'bg-button text-on-button font-semibold',
  quiet: 'bg-fill text-text',
  link: 'text-link',
  danger: 'text-danger',
} as const

type Props = ComponentProps<'button'> & { look?: keyof typeof looks }

/** A button, 44 px high at least. `main` is for the one action of a screen. */
export function Button({ look = 'quiet', className = '', ...rest }: Props) {
  return (
    <button
      type="button"
      className={`inline-flex min-h-11 items-center justify-center gap-2 rounded-group px-4 disabled:opacity-50 ${looks[look]} ${className}`}
      {...rest}
    />
  )
}

type IconProps = ComponentProps<'button'> & { label: string; danger?: boolean }

/** A button that is a picture; `label` says what it does. */
export function IconButton({ label, danger = false, className = '', ...rest }: IconProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={`inline-flex size-11 shrink-0 items-center justify-center rounded-full disabled:opacity-30 ${danger ? 'text-danger' : 'text-link'} ${className}`}
      {...rest}
    />
  )
}

/** The one action of a sheet: stays at its lower edge while the rest scrolls. */
export function SheetAction(props: ComponentProps<'button'>) {
  return (
    <div className="sticky bottom-[calc(-1*var(--sheet-end))] -mb-[var(--sheet-end)] bg-page px-4 pt-3 pb-[var(--sheet-end)]">
      <Button look="main" className="w-full" {...props} />
    </div>
  )
}
