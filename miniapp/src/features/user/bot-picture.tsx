import { ImageOff } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

/** A picture of the conversation, square until it has come, so that nothing jumps; its link lives for a short time. */
export function BotPicture({ src }: { src: string }) {
  const { t } = useTranslation()
  const [broken, setBroken] = useState(false)
  if (broken)
    return (
      <span className="flex aspect-square w-full items-center justify-center bg-fill text-hint">
        <ImageOff size={28} aria-label={t('user.picture')} />
      </span>
    )
  return (
    <img
      src={src}
      alt={t('user.picture')}
      width={224}
      height={224}
      loading="lazy"
      decoding="async"
      onError={() => setBroken(true)}
      className="aspect-square h-auto w-full bg-fill object-cover"
    />
  )
}
