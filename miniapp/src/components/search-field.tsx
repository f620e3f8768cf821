import { Search, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { IconButton } from './button.tsx'

interface Props {
  label: string
  value: string
  onChange: (value: string) => void
}

/** A field to search in. */
export function SearchField({ label, value, onChange }: Props) {
  const { t } = useTranslation()
  return (
    <div className="flex h-11 items-center gap-2 rounded-group bg-card pl-3 has-focus-visible:outline-2 has-focus-visible:outline-link">
      <Search size={18} className="shrink-0 text-hint" aria-hidden />
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        value={value}
        maxLength={100}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        enterKeyHint="search"
        onChange={(event) => onChange(event.target.value)}
        className="h-full min-w-0 flex-1 appearance-none bg-transparent outline-none [&::-webkit-search-cancel-button]:hidden"
      />
      {value !== '' && (
        <IconButton label={t('users.clear')} onClick={() => onChange('')}>
          <X size={18} aria-hidden />
        </IconButton>
      )}
    </div>
  )
}
