import { removeAdmin } from '@botdeck/shared/actions/admins'
import { expect, it } from 'vitest'
import { noon, onStage } from '../testing/stage.ts'
import { rollUp } from '../testing/stats.ts'

/** The thread that looks starts while others use the machine as well. */
const patience = { timeout: 20_000 }

/** What a stream has sent so far; `ended` once it is over. */
function listen(response: Response) {
  const heard = { text: '', ended: false, leave: async () => reader?.cancel() }
  const reader = response.body?.getReader()
  const decoder = new TextDecoder()
  const read = async (): Promise<void> => {
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read())
      heard.text += decoder.decode(part.value, { stream: true })
    heard.ended = true
  }
  void read()
  return heard
}

/** How many people each state says are here. */
const states = ({ text }: { text: string }) =>
  [...text.matchAll(/^data: (.*)$/gm)].map(([, data]) => JSON.parse(data ?? '').active5)

onStage('GET /api/live', (stage) => {
  it('sends the state at once and again when something happens', async () => {
    await rollUp(stage.db, noon)
    const response = await stage.open('/api/live', await stage.signIn('analyst'))
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toContain('text/event-stream')
    const heard = listen(response)
    await expect.poll(() => states(heard), patience).toEqual([0])
    expect(heard.text).toMatch(/^event: now$/m)
    await stage.post({ events: [{ userId: 1, type: 'started', at: new Date(noon).toISOString() }] })
    await rollUp(stage.db, noon)
    // An answer is kept for a second, by the clock of the application.
    stage.now = noon + 1000
    await expect.poll(() => states(heard), patience).toEqual([0, 1])
    await heard.leave()
  })

  it('ends with the role of who listens, and with their session', async () => {
    await rollUp(stage.db, noon)
    const first = await stage.signIn('analyst', 1000)
    const second = await stage.signIn('analyst', 2000)
    const [one, two] = [
      listen(await stage.open('/api/live', first)),
      listen(await stage.open('/api/live', second)),
    ]
    await expect.poll(() => states(one).length + states(two).length, patience).toBe(2)
    await stage.db.transaction((tx) => removeAdmin(tx, 1000, noon))
    await expect.poll(() => one.ended, patience).toBe(true)
    expect(two.ended).toBe(false)
    await stage.request('DELETE', '/api/session', { token: second })
    await expect.poll(() => two.ended, patience).toBe(true)
  })

  it('is for admins alone', async () => {
    expect((await stage.open('/api/live')).status).toBe(401)
    expect((await stage.open('/api/live', 'nobody')).status).toBe(401)
  })
})
