import type { en } from './en.ts'

type Base<K extends string> = K extends `${infer Stem}_${'one' | 'other'}` ? Stem : K
type Plural = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other'

type PluralStem<T> = {
  [K in keyof T & string]: K extends `${infer Stem}_other` ? Stem : never
}[keyof T & string]

// A plural of English stands for all the endings of another language; which ones it needs is tested.
type Same<T> = {
  [K in keyof T & string as Base<K> extends PluralStem<T> ? never : K]: T[K] extends string
    ? string
    : Same<T[K]>
} & {
  [K in PluralStem<T> as `${K}_other`]: string
} & {
  [K in PluralStem<T> as `${K}_${Exclude<Plural, 'other'>}`]?: string
}

/** The texts of a language: every key of the English ones, with plural endings of its own. */
export type Texts = Same<typeof en>
