import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { createFileRoute, useNavigate } from '@tanstack/react-router'
import { ArrowDownWideNarrow, ArrowUpNarrowWide, UserSearch } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../api/client.ts'
import { usersQuery } from '../api/people.ts'
import { IconButton } from '../components/button.tsx'
import { Chip } from '../components/chip.tsx'
import { Page } from '../components/page.tsx'
import { Notice } from '../components/states.tsx'
import { PeopleList } from '../features/people/people-list.tsx'
import { UserSearchField } from '../features/people/user-search-field.tsx'
import { tick } from '../telegram/feel.ts'
import type { Loose } from '../url/loose.ts'
import { parseUsers, segments, type UsersSearch, userSorts } from '../url/users.ts'

export const Route = createFileRoute('/users/')({
  validateSearch: (raw: Record<string, unknown>): Loose<UsersSearch> => parseUsers(raw),
  component: Users,
})

function Users() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const raw = Route.useSearch()
  const { search, segment, sort, order } = raw
  const asked: UsersSearch = { ...parseUsers({ ...raw }), ...(raw.staff ? { staff: true } : {}) }
  const query = useInfiniteQuery({ ...usersQuery(useApi(), asked), placeholderData: keepPreviousData })
  const change = (next: Loose<UsersSearch>) => {
    tick()
    void navigate({
      to: '/users',
      search: (before) => ({ ...before, ...next }),
      replace: true,
      resetScroll: false,
    })
  }
  const filtered = search !== undefined || segment !== undefined
  return (
    <Page title={t('users.title')}>
      <div className="sticky top-[var(--inset-top)] z-10 bg-page pt-1">
        <div className="mx-4 max-[359px]:mx-3">
          <UserSearchField value={search ?? ''} onSearch={(text) => change({ search: text || undefined })} />
        </div>
        <div className="flex gap-2 overflow-x-auto px-4 py-1 [scrollbar-width:none] max-[359px]:px-3">
          <Chip selected={segment === undefined} onClick={() => change({ segment: undefined })}>
            {t('common.all')}
          </Chip>
          {segments.map((name) => (
            <Chip key={name} selected={segment === name} onClick={() => change({ segment: name })}>
              {t(`segment.${name}`)}
            </Chip>
          ))}
        </div>
      </div>
      <div className="mx-4 flex items-center justify-end max-[359px]:mx-3">
        <label className="flex min-h-11 min-w-0 items-center gap-2 text-label">
          <span className="text-hint">{t('users.sort')}</span>
          <select
            value={sort ?? 'lastActiveAt'}
            onChange={(event) => change({ sort: userSorts.find((name) => name === event.target.value) })}
            className="min-h-11 min-w-0 appearance-none bg-page text-link"
          >
            {userSorts.map((name) => (
              <option key={name} value={name}>
                {t(`users.sortBy.${name}`)}
              </option>
            ))}
          </select>
        </label>
        <IconButton
          label={t(order === 'asc' ? 'users.ascending' : 'users.descending')}
          onClick={() => change({ order: order === 'asc' ? undefined : 'asc' })}
        >
          {order === 'asc' ? (
            <ArrowUpNarrowWide size={18} aria-hidden />
          ) : (
            <ArrowDownWideNarrow size={18} aria-hidden />
          )}
        </IconButton>
      </div>
      <PeopleList
        query={query}
        empty={
          <Notice
            icon={UserSearch}
            title={t('users.emptyTitle')}
            text={filtered ? t('users.empty') : t('users.noUsers')}
          />
        }
      />
    </Page>
  )
}
