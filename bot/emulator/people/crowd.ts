import { setTimeout as wait } from 'node:timers/promises'
import type { EmulatorClient, FileToSend } from '../client.ts'
import { Guests } from './guests.ts'
import { makeVisit } from './live-visit.ts'
import { Phone } from './phone.ts'
import type { Random } from './random.ts'

export interface CrowdOptions {
  client: EmulatorClient
  photos: readonly FileToSend[]
  /** Acts of all people together, a minute. */
  rate: number
  /** Those of the history made from `seed` come back now and then. */
  history: { people: number; seed: string }
  random: Random
  /** Ends everything. */
  signal: AbortSignal
  log: (line: string) => void
}

const actsOfVisit = 7
const visitsAtOnce = 40
const longestBackOffMs = 30_000
/** At this rate and below people take their time; above it they hurry. */
const leisurelyRate = 60

/** Lets people come until the signal, and ends with the last answer that somebody waits for. While the bot is silent, one at a time, and less and less often. */
export async function keepComing(options: CrowdOptions): Promise<void> {
  const { rate, random, signal, log } = options
  const rest = (ms: number) => wait(ms, undefined, { signal }).catch(() => {})
  const betweenMs = (60_000 * actsOfVisit) / rate
  let guests: Guests | undefined
  const running = new Set<Promise<void>>()
  let failures = 0
  const count = (answered: boolean) => {
    if (answered && failures > 0) log('the bot answers again')
    if (!answered && failures === 0) log('the bot does not answer: people come back later')
    failures = answered ? 0 : failures + 1
  }
  while (!signal.aborted) {
    try {
      guests ??= await Guests.at(options)
      if (running.size < (failures > 0 ? 1 : visitsAtOnce)) {
        const visit = visitOnce(options, guests)
          .catch(() => false)
          .then((answered) => {
            running.delete(visit)
            if (!signal.aborted) count(answered)
          })
        running.add(visit)
      }
    } catch {
      // The stand-in itself is away: it is asked again after the pause, as after a silent bot.
      count(false)
    }
    await rest(
      failures > 0
        ? Math.min(longestBackOffMs, 1000 * 2 ** failures)
        : -betweenMs * Math.log(1 - random.next()),
    )
  }
  await Promise.all(running)
}

/** One guest from the door to the end of the visit. */
async function visitOnce(options: CrowdOptions, guests: Guests): Promise<boolean> {
  const { client, photos, random, rate, signal } = options
  const { personId, payload, fresh } = await guests.next()
  const haste = Math.min(1, leisurelyRate / rate)
  const end = await makeVisit({
    phone: new Phone(client, personId),
    random,
    photos,
    payload,
    fresh,
    pause: (low, high) => wait(1000 * haste * random.between(low, high), undefined, { signal }),
    onShare: (inviter) => guests.shared(inviter),
  })
  if (end === 'left') guests.forget(personId)
  else guests.remember(personId)
  return end !== 'unanswered'
}
