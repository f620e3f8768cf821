import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { EventQueue, type QueueOptions } from './event-queue.ts'
import { type Receiver, startReceiver } from './testing/receiver.ts'

let receiver: Receiver
let errors: string[]
beforeEach(async () => {
  receiver = await startReceiver()
  errors = []
})
afterEach(() => receiver.close())

const event = (id: string) => ({ id, userId: 7, type: 'x', at: '2026-01-01T00:00:00Z' })

function queue(more: Partial<QueueOptions> = {}): EventQueue {
  return new EventQueue({
    url: `${receiver.url}/api/ingest`,
    key: 'k',
    timeoutMs: 5000,
    batchSize: 3,
    intervalMs: 5,
    mostWaiting: 100,
    retryMs: 5,
    onError: ({ message }) => errors.push(message),
    ...more,
  })
}

const ids = () => receiver.events.map(({ id }) => id).join('')

describe('EventQueue', () => {
  it('posts in batches and in order, each person once', async () => {
    const waiting = queue({ intervalMs: 60_000, batchSize: 3 })
    waiting.addUser({ id: 7, firstName: 'Ann' })
    for (const id of 'abcdefg') waiting.add(event(id))
    await waiting.close(5000)
    expect(ids()).toBe('abcdefg')
    expect(receiver.requests).toEqual([3, 3, 1])
    expect(receiver.users).toEqual([{ id: 7, firstName: 'Ann' }])
    expect([...receiver.keys]).toEqual(['Bearer k'])
    expect(errors).toEqual([])
  })

  it('posts by itself when it has waited', async () => {
    queue().add(event('a'))
    await expect.poll(ids).toBe('a')
  })

  it('tries again after a failure, and when the server says', async () => {
    receiver.refusals = [{ status: 503 }, { status: 429, headers: { 'retry-after': '0' } }, { status: 401 }]
    const waiting = queue()
    for (const id of 'ab') waiting.add(event(id))
    await expect.poll(ids).toBe('ab')
    expect(errors).toHaveLength(3)
    expect(errors[0]).toBe('track: 2 events wait: the server answered 503')
  })

  it('halves what is too large, and gives up what alone is too large', async () => {
    receiver.refusals = [{ status: 413 }, { status: 413 }]
    const waiting = queue({ intervalMs: 60_000 })
    for (const id of 'abc') waiting.add(event(id))
    await waiting.close(5000)
    expect(receiver.requests).toEqual([3, 2, 1, 2])
    expect(ids()).toBe('abc')
    receiver.refusals = [{ status: 413 }]
    waiting.add(event('d'))
    await waiting.close(5000)
    expect(ids()).toBe('abc')
    expect(errors).toEqual(['track: the server answered 413'])
  })

  it('does not post again what is malformed', async () => {
    receiver.refusals = [{ status: 422 }]
    const waiting = queue()
    waiting.add(event('a'))
    await waiting.flush()
    waiting.add(event('b'))
    await waiting.close(5000)
    expect(ids()).toBe('b')
  })

  it('drops the oldest when too many wait, and says what it could not send', async () => {
    const waiting = queue({ url: 'http://127.0.0.1:9/api/ingest', mostWaiting: 2, intervalMs: 60_000 })
    for (const id of 'abc') waiting.add(event(id))
    await waiting.close(20)
    expect(waiting.waiting).toBe(2)
    expect(errors[0]).toBe('track: too many events wait: the oldest are dropped')
    expect(errors.at(-1)).toBe('track: 2 events were not sent')
  })
})
