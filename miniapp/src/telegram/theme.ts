import { themeParams } from '@telegram-apps/sdk-react'
import { useSyncExternalStore } from 'react'
import { isDark } from './contrast.ts'
import { type Palette, paletteOf } from './palette.ts'

let current: Palette = paletteOf({}, prefersDark())
const listeners = new Set<() => void>()

function prefersDark(): boolean {
  return typeof matchMedia === 'function' && matchMedia('(prefers-color-scheme: dark)').matches
}

function apply(): void {
  const theme = Object.fromEntries(
    Object.entries(themeParams.state()).map(([key, value]) => [camel(key), value]),
  )
  const surface = theme.bgColor
  current = paletteOf(theme, surface === undefined ? prefersDark() : isDark(surface))
  const root = document.documentElement
  for (const [key, value] of Object.entries(current)) root.style.setProperty(`--${key}`, value)
  root.style.colorScheme = isDark(current.card) ? 'dark' : 'light'
  for (const listener of listeners) listener()
}

// The SDK's state has camel case keys, a raw launch may have underscores.
function camel(key: string): string {
  return key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

/** Puts the client's colours on the page and keeps them there while the client changes its theme. */
export function followTheme(): void {
  apply()
  themeParams.state.sub(apply)
}

/** The colours in force, for canvases, which do not read CSS variables. */
export function usePalette(): Palette {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => current,
  )
}
