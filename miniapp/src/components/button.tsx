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

/** A button that is a picture; `label` says what it does. */
export function IconButton({ label, className = '', ...rest }: ComponentProps<'button'> & { label: string }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={`inline-flex size-11 shrink-0 items-center justify-center rounded-full text-link disabled:opacity-30 ${className}`}
      {...rest}
    />
  )
}
