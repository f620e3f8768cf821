import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ANN, openStage, type Stage, TOKEN } from '../testing/stage.ts'

const NOW = Date.UTC(2026, 10, 20, 12, 0, 0)
const APP = 'http://127.0.0.1:3000/?from=chat'

let stage: Stage
beforeEach(async () => {
  stage = await openStage({ now: () => NOW })
  await stage.client.start(ANN)
})
afterEach(() => stage.close())

function hashOf(initData: string): string {
  const lines = [...new URLSearchParams(initData)]
    .filter(([key]) => key !== 'hash')
    .map(([key, value]) => `${key}=${value}`)
  const secret = createHmac('sha256', 'WebAppData').update(TOKEN).digest()
  return createHmac('sha256', secret).update(lines.sort().join('\n')).digest('hex')
}

describe('launch', () => {
  it('opens an inline button with initData signed by the token of the bot', async () => {
    const reply_markup = { inline_keyboard: [[{ text: 'Open', web_app: { url: APP } }]] }
    const { message_id } = await stage.bot.api.sendMessage(ANN, 'panel', { reply_markup })
    const opened = await stage.client.launch(ANN, { message_id, row: 0, column: 0, theme: 'dark' })
    const fields = new URLSearchParams(opened.init_data)
    expect([...fields.keys()]).toEqual(['query_id', 'user', 'auth_date', 'signature', 'hash'])
    expect(fields.get('auth_date')).toBe('1795176000')
    expect(JSON.parse(fields.get('user') ?? '')).toMatchObject({
      id: ANN,
      first_name: 'Ann',
      language_code: 'en',
    })
    expect(fields.get('hash')).toBe(hashOf(opened.init_data))
    expect(fields.get('signature')).toMatch(/^[\w-]{86}$/)

    const [address, fragment] = opened.url.split('#')
    expect(address).toBe(APP)
    const params = new URLSearchParams(fragment)
    expect(params.get('tgWebAppData')).toBe(opened.init_data)
    expect(params.get('tgWebAppVersion')).toBe('9.1')
    expect(params.get('tgWebAppPlatform')).toBe('web')
    expect(JSON.parse(params.get('tgWebAppThemeParams') ?? '')).toMatchObject({ bg_color: '#212121' })
  })

  it('opens the menu button of the chat', async () => {
    const menu_button = { type: 'web_app' as const, text: 'Admin', web_app: { url: APP } }
    await expect(stage.client.launch(ANN, { menu: true })).rejects.toThrow('no web_app button')
    await stage.bot.api.setChatMenuButton({ chat_id: ANN, menu_button })
    expect((await stage.client.chat(ANN)).menu_button).toEqual(menu_button)
    expect((await stage.client.launch(ANN, { menu: true })).url).toContain(APP)
  })

  it('refuses a place without such a button', async () => {
    await expect(stage.client.launch(ANN, { message_id: 1, row: 0, column: 0 })).rejects.toThrow(
      'no web_app button',
    )
  })
})
