import { X } from 'lucide-react'
import { type PointerEvent, type ReactNode, useEffect, useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useBackButton } from '../telegram/feel.ts'
import { IconButton } from './button.tsx'

interface Props {
  open: boolean
  title: string
  onClose: () => void
  children: ReactNode
}

// How far a finger must pull the sheet down to close it.
const pullToClose = 90

/** A sheet that rises from the bottom. Escape, the client's back button, a tap beside it or a pull down close it. */
export function Sheet({ open, title, onClose, children }: Props) {
  const { t } = useTranslation()
  const id = useId()
  const ref = useRef<HTMLDialogElement>(null)
  useBackButton(open ? onClose : null)
  useEffect(() => {
    const dialog = ref.current
    if (dialog === null || dialog.open === open) return
    if (open) dialog.showModal()
    else dialog.close()
  }, [open])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the dialog answers Escape by itself
    <dialog
      ref={ref}
      aria-labelledby={id}
      onClose={() => open && onClose()}
      onClick={(event) => event.target === event.currentTarget && onClose()}
      className="sheet fixed inset-x-0 top-auto bottom-0 m-0 mx-auto max-h-[85dvh] w-full max-w-xl flex-col overflow-hidden rounded-t-2xl bg-page p-0 text-text open:flex"
    >
      <Grip onPulled={onClose} dialog={ref}>
        <h2 id={id} className="min-w-0 truncate font-semibold">
          {title}
        </h2>
        <IconButton label={t('common.close')} onClick={onClose}>
          <X size={20} aria-hidden />
        </IconButton>
      </Grip>
      {open && (
        <div className="overflow-y-auto overscroll-contain pt-2 pb-[var(--sheet-end)]">{children}</div>
      )}
    </dialog>
  )
}

interface GripProps {
  dialog: { current: HTMLDialogElement | null }
  onPulled: () => void
  children: ReactNode
}

function Grip({ dialog, onPulled, children }: GripProps) {
  const start = useRef<number | null>(null)
  const pulled = (event: PointerEvent) => Math.max(0, event.clientY - (start.current ?? event.clientY))
  const settle = () => {
    start.current = null
    if (dialog.current) dialog.current.style.transform = ''
  }
  return (
    <div
      className="touch-none shrink-0"
      onPointerDown={(event) => {
        if (event.target instanceof Element && event.target.closest('button')) return
        start.current = event.clientY
        event.currentTarget.setPointerCapture(event.pointerId)
      }}
      onPointerMove={(event) => {
        if (start.current !== null && dialog.current)
          dialog.current.style.transform = `translateY(${pulled(event)}px)`
      }}
      onPointerUp={(event) => {
        const far = pulled(event) > pullToClose
        settle()
        if (far) onPulled()
      }}
      onPointerCancel={settle}
    >
      <div aria-hidden className="mx-auto mt-2 h-1 w-9 rounded-full bg-line" />
      <div className="flex items-center justify-between pr-1 pl-4">{children}</div>
    </div>
  )
}
