import { describe, expect, it } from 'vitest'
import en from './locales/en.json' with { type: 'json' }
import ru from './locales/ru.json' with { type: 'json' }
import { html, localeOf, plain } from './texts.ts'

const languages = { en, ru } as const

/** Keys with a plural end in the form's name; `reason-…` and the like that merely look so do not exist. */
const pluralEnd = /_(one|few|many|other)$/
const bases = (texts: Record<string, string>) =>
  new Set(Object.keys(texts).map((key) => key.replace(pluralEnd, '')))
const placeholders = (text: string) =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? '').sort()

describe('the texts', () => {
  it('exist in every language under the same keys', () => {
    expect([...bases(ru)].sort()).toEqual([...bases(en)].sort())
  })

  it.each(Object.entries(languages))('have every plural form of %s, and nothing else', (locale, texts) => {
    const forms = new Intl.PluralRules(locale).resolvedOptions().pluralCategories.toSorted()
    const counted = Object.keys(texts).filter((key) => pluralEnd.test(key))
    for (const base of new Set(counted.map((key) => key.replace(pluralEnd, '')))) {
      const found = counted.filter((key) => key.replace(pluralEnd, '') === base)
      expect(found.map((key) => key.slice(base.length + 1)).sort(), base).toEqual(forms)
    }
  })

  it('take the same values in every language', () => {
    const english: Record<string, string> = en
    for (const [key, text] of Object.entries(ru as Record<string, string>)) {
      const other = english[key] ?? english[key.replace(pluralEnd, '_other')] ?? ''
      expect(placeholders(text), key).toEqual(placeholders(other))
    }
  })
})

describe('html and plain', () => {
  it('escape in messages, and only there', () => {
    const params = { effect: 'Rock & <Roll>', count: 1 }
    expect(html('en', 'picture', params)).toBe('<b>Rock &amp; &lt;Roll&gt;</b> · 1 credit left')
    expect(plain('en', 'button-effect', params)).toBe('Rock & <Roll> · 1 credit')
  })

  it.each([
    [1, 'На счету <b>1 кредит</b>.'],
    [2, 'На счету <b>2 кредита</b>.'],
    [5, 'На счету <b>5 кредитов</b>.'],
    [11, 'На счету <b>11 кредитов</b>.'],
    [21, 'На счету <b>21 кредит</b>.'],
    [0, 'На счету <b>0 кредитов</b>.'],
  ])('speak Russian of %i', (count, text) => {
    expect(html('ru', 'balance', { count })).toBe(text)
  })
})

describe('localeOf', () => {
  it('takes the language chosen, then that of the client, then English', () => {
    expect(localeOf({ locale: 'en', languageCode: 'ru' })).toBe('en')
    expect(localeOf({ locale: null, languageCode: 'ru-RU' })).toBe('ru')
    expect(localeOf({ languageCode: 'de' })).toBe('en')
    expect(localeOf({})).toBe('en')
  })
})
