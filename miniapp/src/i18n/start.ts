import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { en } from './en.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en }
  }
}

export const languages = ['en', 'ru'] as const
export type Language = (typeof languages)[number]

const stored = 'botdeck/language'

// Only the texts of the language in use are loaded.
const texts = {
  en: async () => (await import('./en.ts')).en,
  ru: async () => (await import('./ru.ts')).ru,
}

/** The language to speak: the one chosen in the panel, else Telegram's, else English. */
export function languageFor(chosen: string | null, telegram: string): Language {
  const wanted = chosen ?? telegram.slice(0, 2).toLowerCase()
  return languages.find((language) => language === wanted) ?? 'en'
}

function chosenLanguage(): string | null {
  try {
    return localStorage.getItem(stored)
  } catch {
    // A client may forbid storage in a frame.
    return null
  }
}

/** Starts the translations in the language of this person. */
export async function startTexts(telegram: string): Promise<void> {
  const language = languageFor(chosenLanguage(), telegram)
  await i18next.use(initReactI18next).init({
    lng: language,
    resources: { [language]: { translation: await texts[language]() } },
    interpolation: { escapeValue: false },
  })
  document.documentElement.lang = language
}

/** Speaks `language` from now on, also the next time the panel opens. */
export async function speak(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'translation'))
    i18next.addResourceBundle(language, 'translation', await texts[language]())
  await i18next.changeLanguage(language)
  document.documentElement.lang = language
  try {
    localStorage.setItem(stored, language)
  } catch {
    // Without storage the choice lasts until the panel closes.
  }
}
