import { Hourglass, LogOut, RefreshCw, Send, ShieldX } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { closeApp } from '../telegram/feel.ts'
import { Button } from './button.tsx'
import { Notice } from './states.tsx'

/** Why nobody gets in: no Telegram, an old one, no admin, a proof too old, or signed out. */
export type Refusal = 'outside' | 'outdated' | 'forbidden' | 'expired' | 'signedOut'

const icons = {
  outside: Send,
  outdated: RefreshCw,
  forbidden: ShieldX,
  expired: Hourglass,
  signedOut: LogOut,
} as const

/** A whole screen that says why the panel stays shut, and what to do. */
export function Refused({ why }: { why: Refusal }) {
  const { t } = useTranslation()
  const inside = why !== 'outside' && why !== 'outdated'
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center">
      <Notice icon={icons[why]} title={t(`state.${why}Title`)} text={t(`state.${why}Text`)}>
        {inside && (
          <Button look="main" className="mt-3" onClick={closeApp}>
            {t('state.close')}
          </Button>
        )}
      </Notice>
    </main>
  )
}
