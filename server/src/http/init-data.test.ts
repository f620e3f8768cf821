import { describe, expect, it } from 'vitest'
import { botToken, initDataOf, signInitData } from '../testing/init-data.ts'
import { provenUser } from './init-data.ts'

const now = Date.parse('2026-05-13T12:00:00Z')
const alex = { id: 1000, first_name: 'Alex', username: 'alex' }
const proven = (raw: string, at = now) => provenUser(raw, { botToken, now: at, maxAgeS: 86_400 })

const good = () => new URLSearchParams(initDataOf(alex, now))
function changed(change: (pairs: URLSearchParams) => void): string {
  const pairs = good()
  change(pairs)
  return pairs.toString()
}

/** `auth_date` swallows `query_id`: the signed text stays the same, the pairs do not. */
function folded(): string {
  const { hash = '', auth_date: date, query_id: query, user = '' } = Object.fromEntries(good())
  return new URLSearchParams({ auth_date: `${date}\nquery_id=${query}`, user, hash }).toString()
}

const dated = { auth_date: String(now / 1000) }
const attacks: [string, string][] = [
  ['a forged hash', changed((pairs) => pairs.set('hash', 'a'.repeat(64)))],
  ['no hash', changed((pairs) => pairs.delete('hash'))],
  ['a hash in upper case', changed((pairs) => pairs.set('hash', String(pairs.get('hash')).toUpperCase()))],
  ['an altered user', changed((pairs) => pairs.set('user', JSON.stringify({ ...alex, id: 1001 })))],
  ['an added pair', changed((pairs) => pairs.append('start_param', 'x'))],
  ['a removed pair', changed((pairs) => pairs.delete('query_id'))],
  ['a doubled key', changed((pairs) => pairs.append('auth_date', String(pairs.get('auth_date'))))],
  ['a folded line', folded()],
  ['a date five minutes ahead', initDataOf(alex, now + 5 * 60_000)],
  ['data of two days ago', initDataOf(alex, now - 2 * 86_400_000)],
  ['data without a date', signInitData({ user: JSON.stringify(alex) })],
  ["another bot's token", initDataOf(alex, now, '1:OTHER')],
  ['data without a user', signInitData(dated)],
  ['a user who is no JSON', signInitData({ ...dated, user: '{' })],
  ['a user without a name', signInitData({ ...dated, user: '{"id":1000}' })],
  ['an id of 0', initDataOf({ ...alex, id: 0 }, now)],
  ['an id beyond 52 bits', initDataOf({ ...alex, id: 2 ** 52 }, now)],
  ['an id as text', initDataOf({ ...alex, id: '1000' }, now)],
  ['an empty text', ''],
  ['more than 8 KB', initDataOf({ ...alex, first_name: 'x'.repeat(9000) }, now)],
]

describe('provenUser', () => {
  it.each(attacks)('proves nobody by %s', (_name, raw) => {
    expect(proven(raw)).toBeNull()
  })

  it('proves the person of signed data, in whatever order its pairs come', () => {
    expect(proven(initDataOf(alex, now))).toEqual(alex)
    expect(proven(new URLSearchParams([...good()].reverse()).toString())).toEqual(alex)
  })

  it('keeps ids of 52 bits exact, and reads names with spaces, slashes and Cyrillic as they were signed', () => {
    const user = { id: 2 ** 52 - 1, first_name: 'Анна / +1 & co' }
    expect(proven(initDataOf(user, now))).toEqual(user)
    const escaped = JSON.stringify(user).replaceAll('/', String.raw`\/`)
    expect(proven(signInitData({ ...dated, user: escaped }))).toEqual(user)
  })

  it('counts `signature` among the signed pairs', () => {
    const pairs = { ...dated, user: JSON.stringify(alex), signature: 'abc' }
    expect(proven(signInitData(pairs))).toEqual(alex)
    const raw = new URLSearchParams(signInitData(pairs))
    raw.delete('signature')
    expect(proven(raw.toString())).toBeNull()
  })

  it('accepts data for exactly the age allowed, and a clock one minute ahead', () => {
    const raw = initDataOf(alex, now)
    expect(proven(raw, now + 86_400_000)).toEqual(alex)
    expect(proven(raw, now + 86_400_001)).toBeNull()
    expect(proven(raw, now - 60_000)).toEqual(alex)
  })
})
