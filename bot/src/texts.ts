import { createInstance, type i18n } from 'i18next'
import { escapeHtml } from './html.ts'
import en from './locales/en.json' with { type: 'json' }
import ru from './locales/ru.json' with { type: 'json' }

/** The languages of the bot. */
export const locales = ['en', 'ru'] as const
export type Locale = (typeof locales)[number]

type WithoutPlural<Key> = Key extends `${infer Base}_${'one' | 'few' | 'many' | 'other'}` ? Base : Key
export type TextKey = WithoutPlural<keyof typeof en>

type Params = Record<string, string | number>

const texts: i18n = createInstance()
await texts.init({
  resources: { en: { translation: en }, ru: { translation: ru } },
  fallbackLng: 'en',
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escape: escapeHtml },
})

/** The language to speak with a person: the one they chose, else that of their client. */
export function localeOf(person: {
  locale?: string | null | undefined
  languageCode?: string | null | undefined
}): Locale {
  const wanted = person.locale ?? person.languageCode?.split('-')[0]?.toLowerCase()
  return locales.find((locale) => locale === wanted) ?? 'en'
}

/** A text for a message, which is HTML: what is put in is escaped. `count` chooses the plural form. */
export function html(locale: Locale, key: TextKey, params: Params = {}): string {
  return texts.t(key, { ...params, lng: locale })
}

/** A text for places that know no HTML: buttons, alerts, invoices, descriptions of commands. */
export function plain(locale: Locale, key: TextKey, params: Params = {}): string {
  return texts.t(key, { ...params, lng: locale, interpolation: { escapeValue: false } })
}
