import { type ComponentProps, useId } from 'react'

const box = 'min-h-11 w-full min-w-0 bg-transparent text-right outline-none'
const line =
  'flex min-h-11 items-center gap-3 px-4 not-last:shadow-[inset_0_-1px_0_var(--color-line)] has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-link'

/** A labelled input on a row of a group. */
export function InputField({ label, ...rest }: ComponentProps<'input'> & { label: string }) {
  const id = useId()
  return (
    <div className={line}>
      <label htmlFor={id} className="shrink-0">
        {label}
      </label>
      <input id={id} className={box} {...rest} />
    </div>
  )
}

interface SelectProps extends Omit<ComponentProps<'select'>, 'onChange' | 'value'> {
  label: string
  value: string
  options: readonly { value: string; text: string }[]
  onChange: (value: string) => void
}

/** A labelled choice on a row of a group, opened by the client's own picker. */
export function SelectField({ label, options, onChange, ...rest }: SelectProps) {
  const id = useId()
  return (
    <div className={line}>
      <label htmlFor={id} className="max-w-1/2 shrink-0">
        {label}
      </label>
      <select
        id={id}
        className={`${box} appearance-none text-ellipsis [text-align-last:right] text-link`}
        onChange={(event) => onChange(event.target.value)}
        {...rest}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} className="bg-card text-text">
            {option.text}
          </option>
        ))}
      </select>
    </div>
  )
}

interface SwitchProps {
  label: string
  checked: boolean
  onChange: (checked: boolean) => void
}

/** A labelled switch on a row of a group. */
export function SwitchField({ label, checked, onChange }: SwitchProps) {
  return (
    <label className={line}>
      <span className="min-w-0 flex-1 py-2">{label}</span>
      <input
        type="checkbox"
        role="switch"
        aria-checked={checked}
        className="peer sr-only"
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span
        aria-hidden
        className="h-7 w-12 shrink-0 rounded-full bg-hint p-0.5 transition-colors duration-150 after:block after:size-6 after:rounded-full after:bg-card after:transition-transform after:duration-150 peer-checked:bg-button peer-checked:after:translate-x-5"
      />
    </label>
  )
}
