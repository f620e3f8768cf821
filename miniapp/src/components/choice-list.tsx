import { Check } from 'lucide-react'
import { tick } from '../telegram/feel.ts'

interface Props<T extends string> {
  label: string
  options: readonly { value: T; text: string }[]
  value: T
  onChange: (value: T) => void
}

/** One of several, each on a row of its own, the chosen one ticked. */
export function ChoiceList<T extends string>({ label, options, value, onChange }: Props<T>) {
  return (
    <fieldset>
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className="flex min-h-11 items-center gap-3 px-4 py-2 not-last:shadow-[inset_0_-1px_0_var(--color-line)] has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-link"
        >
          <input
            type="radio"
            className="sr-only"
            name={label}
            checked={option.value === value}
            onChange={() => {
              tick()
              onChange(option.value)
            }}
          />
          <span className="min-w-0 flex-1">{option.text}</span>
          {option.value === value && <Check size={20} className="shrink-0 text-link" aria-hidden />}
        </label>
      ))}
    </fieldset>
  )
}
