import { describe, expect, it } from 'vitest'
import { readSettings } from './settings.ts'

describe('readSettings', () => {
  it('reads a demo token, the port and the admins', () => {
    const env = { BOT_TOKEN: '700001:DEMO_abc', EMULATOR_PORT: '9000', ADMIN_IDS: '1, 2' }
    expect(readSettings(env)).toEqual({
      token: '700001:DEMO_abc',
      botId: 700_001,
      port: 9000,
      adminIds: [1, 2],
      statePath: undefined,
    })
    expect(readSettings({ BOT_TOKEN: '700001:DEMO_abc' })).toMatchObject({ port: 8081, adminIds: [] })
  })

  it.each([
    [{ BOT_TOKEN: '700001:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw' }, 'BOT_TOKEN is a real token'],
    [{ BOT_TOKEN: 'DEMO_1' }, 'BOT_TOKEN is not a bot token'],
    [{}, 'BOT_TOKEN is missing'],
    [{ BOT_TOKEN: '1:DEMO_a', EMULATOR_PORT: 'x' }, 'EMULATOR_PORT is not a port'],
    [{ BOT_TOKEN: '1:DEMO_a', ADMIN_IDS: 'me' }, 'ADMIN_IDS is not a list of numbers'],
  ])('refuses %j', (env, reason) => {
    expect(() => readSettings(env)).toThrow(reason)
  })
})
