import type { Db, Tx } from '@botdeck/shared/db/db'
import type { Engine } from './engine.ts'
import { flushBeside, flushEvents } from './flush.ts'
import { type People, readPeople } from './people.ts'
import { dropPeople, mending, moveState, readRollupState, slicesOf, writePeople } from './store.ts'

/** Rows of one transaction: some milliseconds. */
const rowsAtOnce = 1000

/** Everybody of whom the two say different things. */
function differing(a: People, b: People): number[] {
  const uids: number[] = []
  for (let uid = 0; uid < Math.max(a.length, b.length); uid++) {
    const known = a.known[uid] === 1
    if (known !== (b.known[uid] === 1)) uids.push(uid)
    else if (
      known &&
      (a.staff[uid] !== b.staff[uid] ||
        a.firstSeen[uid] !== b.firstSeen[uid] ||
        a.firstActive[uid] !== b.firstActive[uid] ||
        a.lastActive[uid] !== b.lastActive[uid])
    )
      uids.push(uid)
  }
  return uids
}

async function mend(tx: Tx, people: People, uids: readonly number[]): Promise<void> {
  await writePeople(
    tx,
    people,
    uids.filter((uid) => people.known[uid] === 1),
  )
  await dropPeople(
    tx,
    uids.filter((uid) => people.known[uid] !== 1),
  )
}

interface Flipping {
  now: () => number
  /** The generation that serves as this process maintains it, if it does; it must be at the stored watermark. */
  serving?: Engine | undefined
  /** Whether nobody follows the generation that serves until it is replaced. */
  alone?: boolean | undefined
  between?: (() => Promise<void>) | undefined
}

/** Mends many people in slices, while the generation that serves waits to be replaced. */
async function mendInSlices(db: Db, people: People, uids: readonly number[], between: Flipping['between']) {
  await db.transaction(async (tx) => {
    const serving = await readRollupState(tx)
    if (serving) await moveState(tx, serving, { ...serving, userChange: mending })
  })
  for (const slice of slicesOf(uids, rowsAtOnce)) {
    await db.transaction((tx) => mend(tx, people, slice))
    await between?.()
  }
}

/** Brings a generation up to the events that the serving one holds. */
async function catchUp(
  db: Db,
  engine: Engine,
  { to, now, between }: Flipping & { to: number },
): Promise<void> {
  while (engine.state.watermark < to) {
    const write = (work: (tx: Tx) => Promise<void>) => db.transaction(work)
    const events = await flushBeside(db, engine, { now, upTo: to, write })
    // The events up to there are all taken, be there one of that very id or not.
    if (events < flushEvents) engine.state = { ...engine.state, watermark: to }
    await between?.()
  }
}

/** The first generation: nobody else writes person states. */
async function start(db: Db, engine: Engine, { now, between }: Flipping): Promise<void> {
  for (const uids of slicesOf(differing(engine.people, await readPeople(db)), rowsAtOnce)) {
    await db.transaction((tx) => mend(tx, engine.people, uids))
    await between?.()
  }
  engine.state = { ...engine.state, flushedAt: now() }
  await db.transaction((tx) => tx.orm.insert(tx.t.rollupState).values(engine.state))
}

/**
 * Whose stored states differ from what the generation knows. Both are compared at one watermark; from there on, whoever
 * maintains the states keeps them right.
 */
async function faultyPeople(db: Db, engine: Engine, flipping: Flipping): Promise<number[]> {
  const { serving } = flipping
  if (serving) {
    while (engine.state.watermark < serving.state.watermark)
      await catchUp(db, engine, { ...flipping, to: serving.state.watermark })
    return differing(engine.people, serving.people)
  }
  const stored = await db.snapshot(async (view) => ({
    watermark: (await readRollupState(view))?.watermark ?? 0,
    people: await readPeople(view),
  }))
  await catchUp(db, engine, { ...flipping, to: stored.watermark })
  return differing(engine.people, stored.people)
}

/**
 * Makes a generation the one that serves, in one transaction with what is left to catch up. Person states that differ
 * from what it knows are mended by it, as they belong to no generation. Throws where a newer generation serves.
 */
export async function flip(db: Db, engine: Engine, flipping: Flipping): Promise<void> {
  const state = await readRollupState(db)
  if (!state) return start(db, engine, flipping)
  await catchUp(db, engine, { ...flipping, to: state.watermark })
  let uids = await faultyPeople(db, engine, flipping)
  if (flipping.alone && uids.length > rowsAtOnce) {
    await mendInSlices(db, engine.people, uids, flipping.between)
    uids = []
  }
  for (let flipped = false; !flipped; ) {
    const moved = await readRollupState(db)
    await catchUp(db, engine, { ...flipping, to: moved?.watermark ?? 0 })
    flipped = await db.transaction((tx) => flipIn(tx, engine, { uids, now: flipping.now }))
  }
}

async function flipIn(
  tx: Tx,
  engine: Engine,
  { uids, now }: { uids: readonly number[]; now: () => number },
): Promise<boolean> {
  const serving = await readRollupState(tx)
  if (!serving || serving.generation > engine.state.generation)
    throw new Error('a newer generation of cells serves already')
  if (serving.watermark > engine.state.watermark) {
    await flushBeside(tx, engine, { now, upTo: serving.watermark, write: (work) => work(tx) })
    if (engine.state.watermark < serving.watermark) return false
  }
  const state = { ...engine.state, flushedAt: now() }
  await mend(tx, engine.people, uids)
  await moveState(tx, serving, state)
  engine.state = state
  return true
}
