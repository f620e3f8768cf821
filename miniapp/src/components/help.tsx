import { CircleHelp } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from './button.tsx'
import { Section } from './section.tsx'
import { Sheet } from './sheet.tsx'

export interface HelpText {
  title: string
  text: string
}

/** The "?" beside a stat's title: says in a sentence or two how it is counted. */
export function Help({ texts }: { texts: readonly HelpText[] }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <>
      <IconButton label={t('common.help')} onClick={() => setOpen(true)}>
        <CircleHelp size={20} aria-hidden />
      </IconButton>
      <Sheet open={open} title={t('common.help')} onClose={() => setOpen(false)}>
        {texts.map(({ title, text }) => (
          <Section key={title} title={title}>
            <p className="px-4 py-3 text-sub">{text}</p>
          </Section>
        ))}
      </Sheet>
    </>
  )
}
