import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/client.ts'
import { nowQuery } from '../../api/queries.ts'
import { useFormats } from '../../components/panel.tsx'
import { PeopleLink } from '../../components/people-link.tsx'

/** How many people were active in the last five minutes; a tap opens who. */
export function NowBadge() {
  const { t } = useTranslation()
  const { number } = useFormats()
  const { data } = useQuery(nowQuery(useApi()))
  if (data === undefined) return null
  return (
    <PeopleLink
      stat="now"
      q={{ cell: 'active5' }}
      className="inline-flex min-h-11 items-center gap-1.5 whitespace-nowrap px-2 text-sub"
    >
      <span aria-hidden className={`size-2 rounded-full ${data.active5 > 0 ? 'bg-good' : 'bg-hint'}`} />
      {t('home.now', { people: number.count(data.active5) })}
    </PeopleLink>
  )
}
