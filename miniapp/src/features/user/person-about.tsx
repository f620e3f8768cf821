import type { UserDetail } from '@botdeck/shared/contract/users'
import { Link } from '@tanstack/react-router'
import { Copy } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ActionCell, Cell, CellBody, cellClass } from '../../components/cell.tsx'
import { useFormats } from '../../components/panel.tsx'
import { Section } from '../../components/section.tsx'
import { toast } from '../../components/toast.tsx'
import { knock } from '../../telegram/feel.ts'
import { usePersonName } from '../people/person-row.tsx'

/** What else is known: where they came from, whom they brought, and the properties their bot keeps. */
export function PersonAbout({ person }: { person: UserDetail }) {
  const { t } = useTranslation()
  const { number } = useFormats()
  const name = usePersonName()
  const { referredBy, lastSource, language, id, username } = person
  return (
    <>
      <Section title={t('user.about')}>
        {id !== null && <CopyCell title={t('user.id')} value={String(id)} />}
        {username !== null && <CopyCell title={t('user.username')} value={`@${username}`} />}
        {language !== null && <Cell title={t('user.language')} value={language} />}
        {lastSource !== null && <Cell title={t('user.lastSource')} value={lastSource} />}
        {referredBy && <Inviter id={referredBy.id} text={name({ ...referredBy, username: null })} />}
        <Cell title={t('user.invited')} value={number.count(person.invited)} />
      </Section>
      <Properties props={person.props} />
    </>
  )
}

function Inviter({ id, text }: { id: number | null; text: string }) {
  const { t } = useTranslation()
  if (id === null) return <Cell title={t('user.invitedBy')} value={text} />
  return (
    <Link to="/users/$userId" params={{ userId: String(id) }} className={cellClass}>
      <CellBody title={t('user.invitedBy')} value={text} chevron />
    </Link>
  )
}

function CopyCell({ title, value }: { title: string; value: string }) {
  const { t } = useTranslation()
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value)
      knock()
      toast(t('common.copied'))
    } catch {
      // A frame without the permission: the value stays there to be selected by hand.
    }
  }
  return (
    <ActionCell
      title={title}
      value={
        <span className="inline-flex max-w-full items-center gap-2">
          <span className="truncate">{value}</span>
          <Copy size={16} className="shrink-0 text-link" aria-hidden />
        </span>
      }
      onClick={() => void copy()}
    />
  )
}

const shownAtFirst = 4

function Properties({ props }: { props: Record<string, unknown> }) {
  const { t } = useTranslation()
  const [all, setAll] = useState(false)
  const entries = Object.entries(props)
  if (entries.length === 0) return null
  return (
    <Section title={t('user.properties')}>
      {entries.slice(0, all ? undefined : shownAtFirst).map(([key, value]) => (
        <Cell
          key={key}
          title={key}
          value={
            <span className="whitespace-normal [overflow-wrap:anywhere]">
              {typeof value === 'string' ? value : JSON.stringify(value)}
            </span>
          }
        />
      ))}
      {!all && entries.length > shownAtFirst && (
        <ActionCell
          title={<span className="text-link">{t('common.more')}</span>}
          onClick={() => setAll(true)}
        />
      )}
    </Section>
  )
}
