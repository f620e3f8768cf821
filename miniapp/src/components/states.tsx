import { CloudOff, type LucideIcon, SearchX, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiFailure, codeOf, isPassing } from '../api/errors.ts'
import { Button } from './button.tsx'

interface NoticeProps {
  icon?: LucideIcon
  title: string
  text: ReactNode
  children?: ReactNode
}

/** A thing said in the place of content: what is the matter, and what to do. */
export function Notice({ icon: Icon = SearchX, title, text, children }: NoticeProps) {
  return (
    <div className="flex flex-col items-center gap-2 px-6 py-10 text-center">
      <Icon size={36} strokeWidth={1.5} className="text-hint" aria-hidden />
      <p className="font-semibold">{title}</p>
      <p className="max-w-80 text-hint text-sub [overflow-wrap:anywhere]">{text}</p>
      {children}
    </div>
  )
}

/** What went wrong, in words of the reader. */
export function useFailureText(error: unknown): { title: string; text: string } {
  const { t } = useTranslation()
  const code = codeOf(error)
  if (code === 'offline') return { title: t('state.offlineTitle'), text: t('state.offlineText') }
  if (code === 'timeout') return { title: t('state.timeoutTitle'), text: t('state.timeoutText') }
  if (code === 'rate_limited') return { title: t('state.limitedTitle'), text: t('state.limitedText') }
  if (code === 'invalid_params' || code === 'malformed') {
    const message = error instanceof Error ? error.message : ''
    return { title: t('state.invalidTitle'), text: t('state.invalidText', { message }) }
  }
  const id = error instanceof ApiFailure ? error.requestId : undefined
  const text = id ? t('state.errorText', { id }) : t('state.errorPlain')
  return { title: t('state.errorTitle'), text }
}

/** A failed question, with a way to ask again. */
export function FailureNotice({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation()
  const { title, text } = useFailureText(error)
  return (
    <div role="alert">
      <Notice icon={codeOf(error) === 'offline' ? CloudOff : TriangleAlert} title={title} text={text}>
        <Button look={isPassing(error) ? 'main' : 'quiet'} className="mt-2" onClick={onRetry}>
          {t('common.retry')}
        </Button>
      </Notice>
    </div>
  )
}
