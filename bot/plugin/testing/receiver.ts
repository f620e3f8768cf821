import { createServer, type IncomingMessage } from 'node:http'
import type { IngestEvent, IngestUser } from '../ingest-event.ts'

/** An answer that a receiver gives instead of taking a batch. */
export interface Refusal {
  status: number
  headers?: Record<string, string>
}

/** Takes batches as the panel's server does, after the refusals it was told to give. */
export interface Receiver {
  url: string
  /** What was taken, each event once. */
  events: IngestEvent[]
  users: IngestUser[]
  /** The number of events of each request, taken or not. */
  requests: number[]
  keys: Set<string | undefined>
  refusals: Refusal[]
  close(): Promise<void>
}

async function bodyOf(request: IncomingMessage): Promise<{ users: IngestUser[]; events: IngestEvent[] }> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  // @NOTE What the plugin under test has posted.
  return JSON.parse(Buffer.concat(chunks).toString())
}

export async function startReceiver(): Promise<Receiver> {
  const known = new Set<string>()
  const server = createServer(async (request, response) => {
    const { users, events } = await bodyOf(request)
    receiver.requests.push(events.length)
    receiver.keys.add(request.headers.authorization)
    const refusal = receiver.refusals.shift()
    if (refusal) {
      response.writeHead(refusal.status, refusal.headers).end('{}')
      return
    }
    const fresh = events.filter(({ id, userId }) => !known.has(`${userId} ${id}`))
    for (const { id, userId } of events) known.add(`${userId} ${id}`)
    receiver.users.push(...users)
    receiver.events.push(...fresh)
    const answer = { accepted: fresh.length, duplicates: events.length - fresh.length, rejected: [] }
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const receiver: Receiver = {
    url: `http://127.0.0.1:${port}`,
    events: [],
    users: [],
    requests: [],
    keys: new Set(),
    refusals: [],
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
  return receiver
}
