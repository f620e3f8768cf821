import type { UserDetail } from '@botdeck/shared/contract/users'
import { useTranslation } from 'react-i18next'
import { Tag } from '../../components/chip.tsx'
import { useFormats } from '../../components/panel.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { Tiles } from '../../components/stat-tile.tsx'
import { nothing } from '../../format/numbers.ts'
import { Avatar } from '../people/avatar.tsx'
import { usePersonName } from '../people/person-row.tsx'

/** Who it is and where they stand: tags, and the facts that an admin asks for first. */
export function PersonHead({ person }: { person: UserDetail }) {
  const { t } = useTranslation()
  const { number, date, ago } = useFormats()
  const name = usePersonName()(person)
  const facts = [
    [t('user.net'), number.money(person.net)],
    [t('user.purchases'), number.count(person.purchases)],
    [t('user.credits'), person.credits === null ? nothing : number.count(person.credits)],
    [t('user.generations'), number.count(person.generations)],
    [
      t('user.firstSeen'),
      person.firstSeenAt === null ? nothing : date.range(...twice(date.dayOf(person.firstSeenAt))),
    ],
    [t('user.lastActive'), person.lastActiveAt === null ? nothing : ago(person.lastActiveAt)],
  ] as const
  return (
    <>
      <div className="flex items-center gap-4 px-4 pb-4">
        <Avatar id={person.id} name={name} large />
        <div className="flex min-w-0 flex-wrap gap-1.5">
          <Tag>{t(`tier.${person.tier}`)}</Tag>
          {person.segments.map((segment) => (
            <Tag key={segment} danger={segment === 'blocked'}>
              {t(`segment.${segment}`)}
            </Tag>
          ))}
          {person.blocked && !person.segments.includes('blocked') && <Tag danger>{t('user.blocked')}</Tag>}
          {person.staff && <Tag>{t('user.staff')}</Tag>}
          {person.banned && <Tag danger>{t('user.banned')}</Tag>}
          {person.source !== null && <Tag>{person.source}</Tag>}
        </div>
      </div>
      <Tiles>
        {facts.map(([label, value]) => (
          <dl key={label} className="m-0 min-w-0 rounded-group bg-card px-3.5 py-2.5">
            <dt className="truncate text-hint text-label">{label}</dt>
            <dd className="m-0 truncate font-semibold text-sub">{value}</dd>
          </dl>
        ))}
      </Tiles>
    </>
  )
}

function twice(day: string): [string, string] {
  return [day, day]
}

/** The head in grey, of its final size. */
export function PersonSkeleton() {
  return (
    <>
      <div className="flex items-center gap-4 px-4 pb-4">
        <Skeleton className="size-18 rounded-full" />
        <div className="flex gap-1.5">
          <Skeleton className="h-5.5 w-16" />
          <Skeleton className="h-5.5 w-20" />
        </div>
      </div>
      <Tiles>
        {['a', 'b', 'c', 'd', 'e', 'f'].map((key) => (
          <Skeleton key={key} className="h-15.5 rounded-group" />
        ))}
      </Tiles>
    </>
  )
}
