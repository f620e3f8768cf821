import { tick } from '../telegram/feel.ts'

interface Props<T extends string> {
  label: string
  options: readonly { value: T; text: string }[]
  value: T
  onChange: (value: T) => void
}

/** One of a few, side by side. */
export function Segmented<T extends string>({ label, options, value, onChange }: Props<T>) {
  return (
    <fieldset className="flex min-w-0 rounded-group bg-fill p-0.5">
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className={`flex min-h-10 min-w-0 flex-1 items-center justify-center rounded-[0.65rem] px-0.5 text-center has-focus-visible:outline-2 has-focus-visible:outline-link ${option.value === value ? 'bg-card font-semibold' : ''} ${options.length > 3 ? 'text-label' : 'text-sub'}`}
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
          <span className="truncate">{option.text}</span>
        </label>
      ))}
    </fieldset>
  )
}
