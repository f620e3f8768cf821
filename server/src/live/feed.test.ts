import { setTimeout as wait } from 'node:timers/promises'
import { pino } from 'pino'
import { afterEach, describe, expect, it } from 'vitest'
import { createLiveFeed, type FeedOptions, type Listener, type LiveFeed } from './feed.ts'

const logger = pino({ level: 'silent' })

/** A state that a test moves, and how often it was looked at. */
class World {
  looks = 0
  active = 0
  failing = false
  ask = async () => {
    this.looks += 1
    if (this.failing) throw new Error('the database is away')
    return JSON.stringify({ asOf: String(this.looks), active: this.active })
  }
}

class Ear implements Listener {
  heard: unknown[] = []
  ended = false
  may = true
  admitted = async () => this.may
  tell = (state: string) => {
    this.heard.push(JSON.parse(state).active)
  }
  end = () => {
    this.ended = true
  }
}

describe('createLiveFeed', () => {
  let feed: LiveFeed

  function open(world: World, more: Partial<FeedOptions> = {}): LiveFeed {
    feed = createLiveFeed({ ask: world.ask, logger, everyMs: 5, ...more })
    return feed
  }

  afterEach(() => feed.close())

  it('tells the state at once, and then each change', async () => {
    const world = new World()
    const ear = new Ear()
    open(world).listen(ear)
    await expect.poll(() => ear.heard).toEqual([0])
    const looked = world.looks
    await expect.poll(() => world.looks).toBeGreaterThan(looked + 2)
    expect(ear.heard).toEqual([0])
    world.active = 1
    await expect.poll(() => ear.heard).toEqual([0, 1])
  })

  it('looks for nobody when nobody listens', async () => {
    const world = new World()
    open(world)
    await wait(20)
    expect(world.looks).toBe(0)
    const ear = new Ear()
    const leave = feed.listen(ear)
    await expect.poll(() => ear.heard.length).toBe(1)
    leave()
    expect(feed.listeners).toBe(0)
    const looked = world.looks
    await wait(30)
    expect(world.looks).toBeLessThanOrEqual(looked + 1)
  })

  it('ends those who are admitted no more', async () => {
    const world = new World()
    const [stays, goes] = [new Ear(), new Ear()]
    open(world).listen(stays)
    feed.listen(goes)
    await expect.poll(() => goes.heard.length).toBe(1)
    goes.may = false
    await expect.poll(() => goes.ended).toBe(true)
    world.active = 1
    await expect.poll(() => stays.heard).toEqual([0, 1])
    expect(goes.heard).toEqual([0])
  })

  it('has room for so many and no more', () => {
    open(new World(), { mostListeners: 2 })
    const ears = [new Ear(), new Ear(), new Ear()]
    const [leave] = ears.map((ear) => feed.listen(ear))
    expect(ears.map(({ ended }) => ended)).toEqual([false, false, true])
    expect([feed.listeners, feed.full]).toEqual([2, true])
    leave?.()
    expect(feed.full).toBe(false)
  })

  it('goes on after a look that failed', async () => {
    const world = new World()
    world.failing = true
    const ear = new Ear()
    open(world).listen(ear)
    await expect.poll(() => world.looks).toBeGreaterThan(2)
    world.failing = false
    await expect.poll(() => ear.heard).toEqual([0])
  })

  it('ends everybody when it is closed, and admits nobody after', async () => {
    const ear = new Ear()
    open(new World()).listen(ear)
    await feed.close()
    const late = new Ear()
    feed.listen(late)
    expect([ear.ended, late.ended, feed.listeners]).toEqual([true, true, 0])
  })
})
