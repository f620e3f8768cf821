import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { SearchField } from '../../components/search-field.tsx'

// Long enough that a word is asked for once, short enough to feel at once.
const pauseMs = 250

/** The search over people: digits are an id, @ a username, else names. Asks when the typing pauses. */
export function UserSearchField({ value, onSearch }: { value: string; onSearch: (text: string) => void }) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(value)
  const search = useRef(onSearch)
  search.current = onSearch
  useEffect(() => {
    if (typed.trim() === value) return
    const timer = setTimeout(() => search.current(typed.trim()), pauseMs)
    return () => clearTimeout(timer)
  }, [typed, value])
  return <SearchField label={t('users.search')} value={typed} onChange={setTyped} />
}
