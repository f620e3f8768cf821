import { useSyncExternalStore } from 'react'

let text: string | null = null
let timer: ReturnType<typeof setTimeout> | undefined
const listeners = new Set<() => void>()
const shownMs = 2200

function set(next: string | null): void {
  text = next
  for (const listener of listeners) listener()
}

/** Says a short thing at the bottom of the screen for a moment. */
export function toast(message: string): void {
  clearTimeout(timer)
  set(message)
  timer = setTimeout(() => set(null), shownMs)
}

/** Where toasts appear; once, in the frame of the app. */
export function Toaster() {
  const message = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => text,
  )
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-4 bottom-[calc(var(--tabs)+0.75rem)] z-30 flex justify-center"
    >
      {message !== null && (
        <span className="rounded-group bg-text px-4 py-2 text-page text-sub">{message}</span>
      )}
    </div>
  )
}
