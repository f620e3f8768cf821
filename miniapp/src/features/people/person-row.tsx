import type { UserSummary } from '@botdeck/shared/contract/users'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { CellBody } from '../../components/cell.tsx'
import { useFormats } from '../../components/panel.tsx'
import { Avatar } from './avatar.tsx'

/** Height of a row in pixels; the list is laid out by it before its rows exist. */
export const rowHeight = 64

const row = 'flex h-16 w-full items-center gap-3 px-4 text-left shadow-[inset_0_-1px_0_var(--color-line)]'

/** What a person is called: name, else username, else the id; a forgotten person says so. */
export function usePersonName(): (person: Pick<UserSummary, 'id' | 'firstName' | 'username'>) => string {
  const { t } = useTranslation()
  return ({ id, firstName, username }) => {
    if (id === null) return t('users.deleted')
    return firstName?.trim() || (username ? `@${username}` : String(id))
  }
}

/** A person in a list: a tap opens them. Who was forgotten stays in the list and opens nothing. */
export function PersonRow({ person }: { person: UserSummary }) {
  const { t } = useTranslation()
  const { number, ago } = useFormats()
  const name = usePersonName()(person)
  const active = person.lastActiveAt === null ? t('users.never') : ago(person.lastActiveAt)
  const subtitle = [
    person.firstName?.trim() && person.username ? `@${person.username}` : null,
    person.purchases > 0 ? `${t('user.purchases')}: ${number.count(person.purchases)}` : null,
    person.blocked ? t('user.blocked') : null,
    person.source,
  ]
  const body = (
    <CellBody
      before={<Avatar id={person.id} name={name} />}
      title={name}
      subtitle={subtitle.filter(Boolean).join(' · ') || '\u00a0'}
      value={<span className="text-label">{active}</span>}
    />
  )
  if (person.id === null) return <div className={row}>{body}</div>
  return (
    <Link to="/users/$userId" params={{ userId: String(person.id) }} className={`${row} active:bg-fill`}>
      {body}
    </Link>
  )
}
