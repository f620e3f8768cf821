import { pino } from 'pino'
import { startIngestWriter } from '../../src/ingest/writer.ts'
import { telegramIdOf } from '../dataset/people.ts'
import { median } from '../timing.ts'
import { type Incoming, take, traffic } from './traffic.ts'

const eventsOfRequest = 500
/** Senders that post at once. */
const senders = 4
const rounds = 5

/** The body of a request as a sender writes it. */
function bodyOf(events: readonly Incoming[]): string {
  return JSON.stringify({
    events: events.map(({ uid, type, at, id, props }) => ({
      id,
      userId: telegramIdOf(uid),
      type,
      at: new Date(at).toISOString(),
      ...(props === undefined ? {} : { props }),
    })),
  })
}

/**
 * Events a second that the ingest thread takes from JSON to disk, with all that it does beside `track`: parsing,
 * validating, finding people, naming what is offered.
 */
export async function postingRate(
  url: string,
  { people, events }: { people: number; events: number },
): Promise<number> {
  const writer = startIngestWriter({ url, logger: pino({ level: 'silent' }) })
  const endless = traffic(people, 4)
  const rates: number[] = []
  for (let round = 0; round <= rounds; round++) {
    const bodies = Array.from({ length: events / eventsOfRequest }, () =>
      bodyOf(take(endless, eventsOfRequest)),
    )
    // A sender's clock may not run ahead: what comes is of the past.
    const receivedAt = Date.now()
    const start = performance.now()
    const send = async () => {
      for (let body = bodies.pop(); body !== undefined; body = bodies.pop())
        await writer.post(body, receivedAt)
    }
    await Promise.all(Array.from({ length: senders }, send))
    if (round > 0) rates.push((events / (performance.now() - start)) * 1000)
  }
  await writer.close()
  return median(rates)
}
