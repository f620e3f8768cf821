import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { FeedEvent } from '../world/feed.ts'
import type { World } from '../world/world.ts'

const BEAT_MS = 15_000

/** Server-sent events: everything, or with `?person_id=` one chat, changes of people played by hand, and the profile. */
export function streamEvents(c: Context, world: World): Response {
  const personId = Number(c.req.query('person_id') ?? 0)
  return streamSSE(c, async (stream) => {
    const queue: FeedEvent[] = []
    let wake = () => {}
    const deafen = world.feed.listen((event) => {
      if (personId !== 0 && !concerns(event, personId)) return
      queue.push(event)
      wake()
    })
    stream.onAbort(() => {
      deafen()
      wake()
    })
    await stream.writeSSE({ event: 'ready', data: '{}' })
    while (!stream.aborted) {
      const event = queue.shift()
      if (event) await stream.writeSSE({ data: JSON.stringify(event) })
      else {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, BEAT_MS)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
        if (queue.length === 0 && !stream.aborted) await stream.writeSSE({ event: 'beat', data: '{}' })
      }
    }
  })
}

function concerns(event: FeedEvent, personId: number): boolean {
  if (event.type === 'profile') return true
  if (event.type === 'person') return event.person.kind !== 'simulated' || event.chat_id === personId
  return event.chat_id === personId
}
