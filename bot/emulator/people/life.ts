import { giveWelcome, welcomeCredits } from '@botdeck/shared/actions/credits'
import { findPerson, setTest, upsertPerson } from '@botdeck/shared/actions/people'
import { applyStartPayload } from '@botdeck/shared/actions/sources'
import { track } from '@botdeck/shared/actions/track'
import { commanded, createPerson, type Person, pause } from './person.ts'
import { nextVisit } from './seasons.ts'
import { drawSource, referral } from './sources.ts'
import { block, chooseLanguage, greet, visit } from './visit.ts'
import { type Acts, act, type World } from './world.ts'
import { day } from './year.ts'

/** People who work on the bot and try it on themselves. */
const testers = [11, 37]
export const staff = { manager: 5, analyst: 23 } as const

function payloadOf(person: Person): string | undefined {
  const { source, world, random } = person
  if (source.name !== referral) return source.payload
  return world.shared.length === 0 ? undefined : `ref_${random.pick(world.shared)}`
}

/** `/start`, the first time or again: the person, where they came from, and the first credits. */
function* start(person: Person, payload: string | undefined): Acts {
  const { telegramId, firstName, username, language, now: at, world } = person
  const facts = { telegramId, firstName, username, languageCode: language.code }
  yield* act(at, async (tx) => {
    const { person: known, created } = await upsertPerson(tx, facts, at)
    person.uid = known.uid
    await commanded(tx, person, { name: 'start', rest: payload })
    if (created) {
      await giveWelcome(tx, known.uid, at)
      person.credits = welcomeCredits
    }
    const props = payload === undefined ? {} : { payload }
    await track(tx, [{ uid: known.uid, type: 'started', at, id: world.freshId(), props }])
    await applyStartPayload(tx, known, { payload, at })
  })
  world.people.set(person.uid, person)
  pause(person, 0.2, 1)
  yield* greet(person)
  pause(person, 2, 25)
}

function* becomeTester(person: Person): Acts {
  yield* act(person.now, async (tx) => {
    const known = await findPerson(tx, person.telegramId)
    if (known) await setTest(tx, known, true, person.now)
  })
}

/** How likely this visit was the last: more so with no credits left, or after failures. */
function leaves(person: Person): boolean {
  const empty = person.credits < 1 && !person.buyer && !person.regular ? 0.04 : 0
  const annoyed = Math.min(0.3, 0.07 * person.annoyance)
  person.annoyance = Math.max(0, person.annoyance - 1)
  return person.random.chance(person.fickleness + (1 - person.fickleness) * (empty + annoyed))
}

/** Lets the person come back after about `gapMs`. */
function comeBack(person: Person, gapMs: number): void {
  const { random, now: after, world } = person
  person.now = nextVisit(random, person, { after, gapMs, year: world.year })
}

/**
 * After the last visit: many fall silent, some stop the bot, a few come back long after.
 * @returns whether they came back
 */
function* rest(person: Person): Acts<boolean> {
  const { random } = person
  if (random.chance(0.17 + 0.08 * Math.min(2, person.annoyance))) {
    comeBack(person, random.next() ** 2 * 25 * day)
    yield* block(person, true)
    if (!random.chance(0.09)) return false
    comeBack(person, random.between(10, 80) * day)
    yield* block(person, false)
    yield* start(person, undefined)
    return true
  }
  if (!random.chance(0.13)) return false
  comeBack(person, random.between(20, 120) * day)
  return true
}

/** A person's life with the bot from their first `/start` on; the simulation ends it at the end of the year. */
export function* life(world: World, birth: { seed: string; index: number; at: number }): Acts {
  const person = createPerson(world, birth)
  const { random } = person
  world.arrived += 1
  yield* start(person, payloadOf(person))
  if (testers.includes(person.index)) yield* becomeTester(person)
  if (random.chance(0.05)) yield* chooseLanguage(person)
  for (let visits = 1; ; visits++) {
    yield* visit(person)
    if (leaves(person) && !(yield* rest(person))) return
    const novelty = visits <= 2 ? 0.5 : 1
    comeBack(person, random.lognormal(person.rhythmMs * novelty, 0.85))
    if (random.chance(0.05))
      yield* start(
        person,
        drawSource(random, person.language.code, { at: person.now, year: world.year }).payload,
      )
  }
}
