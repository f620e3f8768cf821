import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'
import { fail } from './testing/throws.ts'
import { sourceFlags } from './threads.ts'

const source = (path: string) => JSON.stringify(new URL(path, import.meta.url).href)

/** What a thread posts that runs this text and loads our sources as the threads of the server do. */
async function heard(text: string): Promise<unknown> {
  const code = `import { parentPort } from 'node:worker_threads'\n${text}`
  const thread = new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`), {
    execArgv: sourceFlags,
  })
  const [message] = await once(thread, 'message')
  return message
}

describe('sources in threads', () => {
  it('load without the WebAssembly by which Node takes off types', async () => {
    const loaded = await heard(
      `import(${source('./stats/registry.ts')}).then(() => parentPort.postMessage(process.moduleLoadList))`,
    )
    expect(loaded).toContain('NativeModule internal/modules/esm/loader')
    expect(loaded).not.toContain('NativeModule internal/deps/amaro/dist/index')
  })

  it('name their own lines in errors', async () => {
    const stack = await heard(
      `import(${source('./testing/throws.ts')}).then((m) => m.fail()).catch((e) => parentPort.postMessage(e.stack))`,
    )
    expect(fail).toThrow('as asked')
    expect(stack).toMatch(/throws\.ts:9:\d+/)
  })
})
