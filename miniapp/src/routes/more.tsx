import { useQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { BookOpen, LogOut } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answer, useApi } from '../api/client.ts'
import { ActionCell, Cell } from '../components/cell.tsx'
import { ChoiceList } from '../components/choice-list.tsx'
import { SwitchField } from '../components/field.tsx'
import { Page } from '../components/page.tsx'
import { useFormats, usePanel } from '../components/panel.tsx'
import { Refused } from '../components/refused.tsx'
import { useChangeShared, useScope } from '../components/scope.ts'
import { Section } from '../components/section.tsx'
import { speak } from '../i18n/start.ts'
import { isDark } from '../telegram/contrast.ts'
import { closeApp, confirmRisk, openPage } from '../telegram/feel.ts'
import { usePalette } from '../telegram/theme.ts'

export const Route = createFileRoute('/more')({ component: More })

// A language is named in itself, so that whoever needs it can find it.
const names = [
  { value: 'en', text: 'English' },
  { value: 'ru', text: 'Русский' },
] as const

function More() {
  const { t, i18n } = useTranslation()
  const { card } = usePalette()
  const { scope } = useScope()
  const change = useChangeShared()
  return (
    <Page title={t('more.title')}>
      <Section title={t('more.language')}>
        <ChoiceList
          label={t('more.language')}
          options={names}
          value={i18n.language === 'ru' ? 'ru' : 'en'}
          onChange={(language) => void speak(language)}
        />
      </Section>
      <Section title={t('more.look')}>
        <Cell
          title={t('more.theme')}
          subtitle={t('more.themeText')}
          value={t(isDark(card) ? 'more.dark' : 'more.light')}
        />
      </Section>
      <Section footer={t('filter.staffHelp')}>
        <SwitchField
          label={t('filter.staff')}
          checked={scope.staff}
          onChange={(staff) => change({ staff: staff || undefined })}
        />
      </Section>
      <Session />
      <About />
    </Page>
  )
}

function Session() {
  const { t } = useTranslation()
  const { user } = usePanel()
  const { date } = useFormats()
  const { routes, session } = useApi()
  const { data } = useQuery({ queryKey: ['session'], queryFn: session.current })
  const [out, setOut] = useState(false)
  const signOut = async () => {
    const agreed = await confirmRisk({
      title: t('more.signOutTitle'),
      message: t('more.signOutText'),
      agree: t('more.signOut'),
    })
    if (!agreed) return
    // The token is forgotten here even where the server cannot be told.
    await answer(routes.session.$delete()).catch(() => undefined)
    session.forget()
    setOut(true)
    closeApp()
  }
  if (out)
    return (
      <div className="fixed inset-0 z-40 bg-page">
        <Refused why="signedOut" />
      </div>
    )
  return (
    <Section title={t('more.session')}>
      <Cell title={t('more.signedIn')} value={user.firstName} />
      <Cell title={t('more.role')} value={t(`more.roles.${user.role}`)} />
      {data && <Cell title={t('more.until')} subtitle={date.dateTime(data.expiresAt)} />}
      <ActionCell
        before={<LogOut size={20} className="text-danger" aria-hidden />}
        title={<span className="text-danger">{t('more.signOut')}</span>}
        onClick={() => void signOut()}
      />
    </Section>
  )
}

function About() {
  const { t } = useTranslation()
  const { bot, timezone, currency, weekStart, firstDay } = usePanel()
  const { date } = useFormats()
  return (
    <Section title={t('more.about')}>
      <Cell title={t('more.bot')} value={bot.username ? `@${bot.username}` : bot.name} />
      <Cell title={t('more.zone')} value={timezone} />
      <Cell title={t('more.currency')} value={currency === 'XTR' ? `★ ${currency}` : currency} />
      <Cell title={t('more.week')} value={t(`more.weekdays.${weekStart}`)} />
      {firstDay && <Cell title={t('more.since')} value={date.range(firstDay, firstDay)} />}
      <ActionCell
        before={<BookOpen size={20} className="text-link" aria-hidden />}
        title={t('more.api')}
        subtitle={t('more.apiText')}
        onClick={() => openPage('/api/docs')}
      />
    </Section>
  )
}
