import { useTranslation } from 'react-i18next'
import { Help } from '../../components/help.tsx'

/** How each figure of the first page is counted. */
export function HomeHelp() {
  const { t } = useTranslation()
  const texts = (['active', 'newUsers', 'net', 'generations', 'payers'] as const).map((name) => ({
    title: t(`metric.${name}`),
    text: t(`home.${name}Help`),
  }))
  return <Help texts={[...texts, { title: t('home.retention'), text: t('home.retentionHelp') }]} />
}
