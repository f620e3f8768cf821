import { Link, useLocation } from '@tanstack/react-router'
import { CircleDollarSign, Ellipsis, House, type LucideIcon, Telescope, UsersRound } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { tick } from '../telegram/feel.ts'

const tabs = [
  { name: 'home', to: '/', icon: House },
  { name: 'explore', to: '/explore', icon: Telescope },
  { name: 'users', to: '/users', icon: UsersRound },
  { name: 'money', to: '/money', icon: CircleDollarSign },
  { name: 'more', to: '/more', icon: Ellipsis },
] as const satisfies { name: string; to: string; icon: LucideIcon }[]

const explored = ['/retention', '/funnel', '/activity', '/cohorts']

/** The tab under which a page lies; pages of no tab (people, errors) have none. */
export function tabOf(path: string): (typeof tabs)[number]['to'] | null {
  if (path === '/') return '/'
  if (explored.some((page) => path.startsWith(page))) return '/explore'
  return tabs.find(({ to }) => to !== '/' && path.startsWith(to))?.to ?? null
}

/** Whether a page is the first one of a tab, where nothing lies behind. */
export function isTabRoot(path: string): boolean {
  return tabs.some(({ to }) => to === path)
}

/** The five sections, at the thumb. */
export function TabBar() {
  const { t } = useTranslation()
  const current = tabOf(useLocation({ select: (location) => location.pathname }))
  return (
    <nav
      aria-label={t('tabs.label')}
      className="fixed inset-x-0 bottom-0 z-20 bg-card pb-[var(--inset-bottom)] shadow-[0_-1px_0_var(--color-line)]"
    >
      <ul className="mx-auto flex max-w-xl">
        {tabs.map(({ name, to, icon: Icon }) => (
          <li key={name} className="min-w-0 flex-1">
            <Link
              to={to}
              onClick={tick}
              aria-current={current === to ? 'page' : undefined}
              className={`flex h-13 flex-col items-center justify-center gap-0.5 text-axis ${current === to ? 'text-link' : 'text-hint'}`}
            >
              <Icon size={23} strokeWidth={current === to ? 2.25 : 1.75} aria-hidden />
              <span className="max-w-full truncate">{t(`tabs.${name}`)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
