import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Update } from 'grammy/types'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ANN, openStage, png } from '../testing/stage.ts'
import { Chats } from './chats.ts'
import { FileStore } from './files.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'emulator-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('EMULATOR_STATE', () => {
  it('keeps chats, files, updates and commands over a restart', async () => {
    const statePath = join(folder, 'state.json')
    const before = await openStage({ statePath })
    const sent = await before.client.sendPhoto(ANN, {
      bytes: await png(50, 50),
      name: 'a.png',
      mime: 'image/png',
    })
    await before.bot.api.setMyCommands([{ command: 'help', description: 'Help' }])
    const [update] = (await before.call<Update[]>('getUpdates')).body.result
    await before.close()

    const after = await openStage({ statePath })
    const chat = await after.client.chat(ANN)
    expect(chat.messages).toEqual([sent])
    expect(chat.commands).toEqual([{ command: 'help', description: 'Help' }])
    expect((await after.call('getUpdates')).body.result).toEqual([update])
    const fileId = sent.photo?.[0]?.file_id ?? ''
    expect((await fetch(`${after.emulator.url}/emulator/api/files/${fileId}`)).status).toBe(200)
    await after.client.sendText(ANN, 'next')
    const ids = (await after.call<Update[]>('getUpdates')).body.result.map((u) => u.update_id)
    const first = update?.update_id ?? 0
    expect(ids).toEqual([first, first + 1])
    await after.close()
    expect(readdirSync(folder).sort()).toEqual(['state.json', 'state.json.files'])
  })

  it('starts empty beside the state of another bot', async () => {
    const statePath = join(folder, 'state.json')
    const before = await openStage({ statePath })
    await before.client.sendText(ANN, 'x')
    await before.close()
    const bot = { id: 700_002, username: 'other_bot', first_name: 'Other' }
    const after = await openStage({ statePath, token: '700002:DEMO_other', bot })
    expect((await after.client.chat(ANN)).messages).toEqual([])
    await after.close()
  })
})

describe('Chats', () => {
  const content = { date: 0, chat: { id: 1, type: 'private' as const, first_name: 'x' } }

  it('keeps the newest messages of a chat', () => {
    const chats = new Chats({ perChat: 3, overall: 100 })
    for (let i = 0; i < 5; i++) chats.append(1, content)
    expect(chats.open(1).messages.map((message) => message.message_id)).toEqual([3, 4, 5])
  })

  it('shortens the chat idle for longest when all together are too many', () => {
    const chats = new Chats({ perChat: 100, overall: 20 })
    for (const chat of [1, 2, 1]) for (let i = 0; i < 7; i++) chats.append(chat, content)
    expect(chats.open(1).messages.length).toBe(14)
    expect(chats.open(2).messages.length).toBe(5)
  })
})

describe('FileStore', () => {
  const file = (fill: number) => ({
    bytes: Buffer.alloc(40, fill),
    kind: 'document' as const,
    mime: 'text/plain',
    extension: '.txt',
  })

  it('drops the least recently used beyond its size', () => {
    const store = new FileStore(100)
    const [one, two] = [store.add(file(1)), store.add(file(2))]
    store.get(one.file_id)
    store.add(file(3))
    expect(store.get(one.file_id)).toBeDefined()
    expect(store.get(two.file_id)).toBeUndefined()
    expect(store.byPath(two.file_path)).toBeUndefined()
  })

  it('knows equal bytes again', () => {
    const store = new FileStore(100)
    expect(store.add(file(1)).file_id).toBe(store.add(file(1)).file_id)
  })
})
