import { describe, expect, it } from 'vitest'
import { readEnvironment } from './environment.ts'

describe('readEnvironment', () => {
  it('has a default for everything that an installation may leave out', () => {
    expect(readEnvironment({})).toMatchObject({
      ADMIN_IDS: [],
      DATABASE_URL: 'file:data/botdeck.db',
      PORT: 8080,
      HOST: '127.0.0.1',
      INIT_DATA_MAX_AGE: 86_400,
      RATE_LIMIT: 'on',
    })
  })

  it('counts an empty variable as not set', () => {
    expect(readEnvironment({ BOT_TOKEN: '', PORT: ' ' })).toMatchObject({ PORT: 8080 })
  })

  it('reads lists and cuts the slash at the end of an address', () => {
    const environment = readEnvironment({ ADMIN_IDS: '7, 8', PUBLIC_URL: 'https://example.org/' })
    expect(environment).toMatchObject({ ADMIN_IDS: [7, 8], PUBLIC_URL: 'https://example.org' })
  })

  it.each([
    ['BOT_TOKEN', 'secret'],
    ['ADMIN_IDS', 'ann'],
    ['PORT', '99999'],
    ['REPORTING_TIMEZONE', 'Mars/Olympus'],
    ['REPORTING_CURRENCY', 'stars'],
    ['WEEK_START', 'friday'],
    ['RATE_LIMIT', 'maybe'],
    ['INIT_DATA_MAX_AGE', '0'],
  ])('names %s where it is malformed', (name, value) => {
    expect(() => readEnvironment({ [name]: value })).toThrow(`${name} is malformed`)
  })

  it('says what it expected, in words for an operator', () => {
    expect(() => readEnvironment({ PORT: 'abc' })).toThrow(
      'PORT is malformed: expected a port from 0 to 65535',
    )
    expect(() => readEnvironment({ LOG_LEVEL: 'loud' })).toThrow('expected one of fatal, error, warn, info')
  })
})
