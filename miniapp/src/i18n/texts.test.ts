import { describe, expect, it } from 'vitest'
import { en } from './en.ts'
import { ru } from './ru.ts'
import { languageFor } from './start.ts'

type Texts = { readonly [key: string]: string | Texts }

function flat(texts: Texts, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(texts).flatMap(([key, value]) =>
      typeof value === 'string' ? [[prefix + key, value] as const] : [...flat(value, `${prefix}${key}.`)],
    ),
  )
}

const plural = /_(zero|one|two|few|many|other)$/

function stems(texts: Map<string, string>): string[] {
  return [...new Set([...texts.keys()].map((key) => key.replace(plural, '')))].sort()
}

function pluralStems(texts: Map<string, string>): string[] {
  return [...texts.keys()].filter((key) => key.endsWith('_other')).map((key) => key.replace(plural, ''))
}

const texts = { en: flat(en), ru: flat(ru) }

describe('the texts', () => {
  it('have every key in both languages', () => {
    expect(stems(texts.ru)).toEqual(stems(texts.en))
  })

  it('have every plural form of each language', () => {
    for (const [language, all] of Object.entries(texts)) {
      const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories
      for (const stem of pluralStems(texts.en))
        for (const form of forms) expect(all.has(`${stem}_${form}`), `${language} ${stem}_${form}`).toBe(true)
    }
  })

  it('name the same values in both languages', () => {
    const names = (text: string) => (text.match(/\{\{\w+\}\}/g) ?? []).sort()
    for (const [key, text] of texts.en) {
      const other = texts.ru.get(key)
      if (other !== undefined) expect(names(other), key).toEqual(names(text))
    }
  })

  it('are never empty and quote as their language does', () => {
    for (const [key, text] of texts.ru) expect(text.trim() !== '' && !/["“”]/.test(text), key).toBe(true)
    for (const [key, text] of texts.en) expect(text.trim() !== '' && !/["«»]/.test(text), key).toBe(true)
  })
})

describe('languageFor', () => {
  it('follows the choice, then Telegram, then English', () => {
    expect(languageFor('en', 'ru')).toBe('en')
    expect(languageFor(null, 'ru-RU')).toBe('ru')
    expect(languageFor(null, 'de')).toBe('en')
    expect(languageFor('xx', 'ru')).toBe('en')
  })
})
