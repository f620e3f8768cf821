import {
  backButton,
  closingBehavior,
  hapticFeedback,
  miniApp,
  openLink,
  popup,
} from '@telegram-apps/sdk-react'
import { useEffect } from 'react'

/** A tick under the finger: from point to point of a chart, from choice to choice. */
export function tick(): void {
  hapticFeedback.selectionChanged.ifAvailable()
}

/** A light knock: something opened or was done. */
export function knock(): void {
  hapticFeedback.impactOccurred.ifAvailable('light')
}

interface Question {
  title: string
  message: string
  agree: string
}

/** Asks before something that cannot be taken back, by the client's own popup. True when agreed. */
export async function confirmRisk({ title, message, agree }: Question): Promise<boolean> {
  if (!popup.open.isAvailable()) return window.confirm(message)
  const pressed = await popup.open({
    title,
    message,
    buttons: [{ id: 'agree', type: 'destructive', text: agree }, { type: 'cancel' }],
  })
  return pressed === 'agree'
}

/** Opens a page of the web outside the app. */
export function openPage(path: string): void {
  const url = new URL(path, window.location.origin).href
  const [opened] = openLink.ifAvailable(url)
  if (!opened) window.open(url, '_blank', 'noopener')
}

/** Closes the app. */
export function closeApp(): void {
  miniApp.close.ifAvailable()
}

/** Shows the client's back button while `onBack` is given. */
export function useBackButton(onBack: (() => void) | null): void {
  useEffect(() => {
    if (onBack === null) return
    backButton.show.ifAvailable()
    const [listening, off] = backButton.onClick.ifAvailable(onBack)
    return () => {
      if (listening) off()
      backButton.hide.ifAvailable()
    }
  }, [onBack])
}

/** While `unsaved`, the client asks before it closes the app. */
export function useClosingGuard(unsaved: boolean): void {
  useEffect(() => {
    if (!unsaved) return
    closingBehavior.enableConfirmation.ifAvailable()
    return () => {
      closingBehavior.disableConfirmation.ifAvailable()
    }
  }, [unsaved])
}
