import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { ChatQueues } from './chat-queues.ts'

describe('ChatQueues', () => {
  it('keeps the order of a chat while others go on beside it', async () => {
    const queues = new ChatQueues(4)
    const log: string[] = []
    const job = (name: string, ms: number) => async () => {
      await wait(ms)
      log.push(name)
      return null
    }
    queues.add(1, job('1a', 30))
    queues.add(1, job('1b', 0))
    queues.add(2, job('2a', 0))
    await queues.drained()
    expect(log).toEqual(['2a', '1a', '1b'])
  })

  it('never runs more than its limit', async () => {
    const queues = new ChatQueues(2)
    let running = 0
    let most = 0
    for (const chat of [1, 2, 3, 4, 5])
      queues.add(chat, async () => {
        running += 1
        most = Math.max(most, running)
        await wait(5)
        running -= 1
        return null
      })
    await queues.drained()
    expect(most).toBe(2)
  })

  it('runs a pausing job again before the next of its chat, and holds up no other chat', async () => {
    const queues = new ChatQueues(1)
    const log: string[] = []
    let runs = 0
    queues.add(1, async () => {
      runs += 1
      log.push(`1a run ${runs}`)
      return runs < 3 ? 10 : null
    })
    queues.add(1, async () => {
      log.push('1b')
      return null
    })
    queues.add(2, async () => {
      log.push('2a')
      return null
    })
    await queues.drained()
    expect(log).toEqual(['1a run 1', '2a', '1a run 2', '1a run 3', '1b'])
  })

  it('ends what runs and starts nothing more when it is stopped', async () => {
    const queues = new ChatQueues(1)
    const log: string[] = []
    const job = (name: string) => async () => {
      await wait(10)
      log.push(name)
      return null
    }
    queues.add(1, job('first'))
    queues.add(2, job('second'))
    await queues.stop()
    expect(log).toEqual(['first'])
  })
})
