import { InlineKeyboard } from 'grammy'
import { packCallback } from './callback-data.ts'
import { type Locale, plain } from './texts.ts'

/** The way into everything, under greetings and whatever was not understood. */
export function menuKeyboard(locale: Locale): InlineKeyboard {
  return new InlineKeyboard()
    .text(plain(locale, 'button-effects'), packCallback('categories'))
    .row()
    .text(plain(locale, 'button-store'), packCallback('store'))
    .text(plain(locale, 'button-balance'), packCallback('balance'))
    .row()
    .text(plain(locale, 'button-invite'), packCallback('invite'))
}

/** The one button to the store. */
export function storeKeyboard(locale: Locale): InlineKeyboard {
  return new InlineKeyboard().text(plain(locale, 'button-store'), packCallback('store'))
}

/** Under a finished picture. */
export function pictureKeyboard(locale: Locale, generationId: number): InlineKeyboard {
  return new InlineKeyboard()
    .text(plain(locale, 'button-again'), packCallback('again', String(generationId)))
    .row()
    .text(plain(locale, 'button-store'), packCallback('store'))
}
