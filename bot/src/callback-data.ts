import { z } from 'zod'
import { locales } from './texts.ts'

/*
 * Every payload that a button of the bot carries: `<name>` or `<name>:<value>`. Old messages keep their buttons for
 * ever, so what a deploy no longer knows must parse to null and not to something else.
 */

const id = z.string().min(1)

const payloads = {
  categories: z.undefined(),
  category: id,
  effect: id,
  again: z.string().regex(/^[1-9]\d{0,15}$/),
  store: z.undefined(),
  buy: id,
  cancel: z.uuid(),
  balance: z.undefined(),
  language: z.enum(locales),
  invite: z.undefined(),
  share: z.undefined(),
}

export type CallbackName = keyof typeof payloads
type ValueOf<Name extends CallbackName> = z.infer<(typeof payloads)[Name]>

/** What Telegram takes as the payload of a button. */
const maxBytes = 64

/** The payload of a button. Throws on one that Telegram would refuse. */
export function packCallback<Name extends CallbackName>(name: Name, ...value: ValueOf<Name>[]): string {
  const data = value[0] === undefined ? name : `${name}:${value[0]}`
  if (Buffer.byteLength(data) > maxBytes) throw new Error(`callback data over ${maxBytes} bytes: ${data}`)
  return data
}

/** What a pressed button carries; null where this version of the bot knows no such button. */
export function parseCallback(data: string): { name: CallbackName; value: string } | null {
  const colon = data.indexOf(':')
  const name = colon < 0 ? data : data.slice(0, colon)
  if (Buffer.byteLength(data) > maxBytes || !isName(name)) return null
  const value = colon < 0 ? undefined : data.slice(colon + 1)
  return payloads[name].safeParse(value).success ? { name, value: value ?? '' } : null
}

function isName(name: string): name is CallbackName {
  return Object.hasOwn(payloads, name)
}
