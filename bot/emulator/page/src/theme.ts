import { type ThemeName, themes } from '../../control/themes.ts'

const listeners = new Set<(theme: ThemeName) => void>()
const KEY = 'botdeck-demo-theme'

/** The theme in use, remembered by the browser; at first the system's. */
export function currentTheme(): ThemeName {
  return document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light'
}

/** Switches the page and tells whoever listens, the Mini App above all. */
export function setTheme(theme: ThemeName): void {
  document.documentElement.dataset.theme = theme
  localStorage.setItem(KEY, theme)
  for (const listener of listeners) listener(theme)
}

export function startTheme(): void {
  const saved = localStorage.getItem(KEY)
  const dark = saved ? saved === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches
  document.documentElement.dataset.theme = dark ? 'dark' : 'light'
}

export function onTheme(listener: (theme: ThemeName) => void): void {
  listeners.add(listener)
}

/** What the Mini App gets as `theme_params`. */
export function themeParams() {
  return themes[currentTheme()]
}
