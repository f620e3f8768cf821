import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router'
import { Compass } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { FailureNotice, Notice } from './states.tsx'

/** In the place of a page that threw. */
export function BrokenPage({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  const retry = () => {
    reset()
    void router.invalidate()
  }
  return <FailureNotice error={error} onRetry={retry} />
}

/** In the place of a page that does not exist. */
export function MissingPage() {
  const { t } = useTranslation()
  return (
    <Notice icon={Compass} title={t('state.notFoundTitle')} text={t('state.notFoundText')}>
      <Link to="/" className="inline-flex min-h-11 items-center text-link">
        {t('state.toHome')}
      </Link>
    </Notice>
  )
}
