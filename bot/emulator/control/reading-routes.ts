import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { Person } from '../world/people.ts'
import { personOf } from '../world/posting.ts'
import type { World } from '../world/world.ts'
import { listPeople, readChat, readInvoice, readMessages } from './reading.ts'
import { streamEvents } from './stream.ts'

/** What is there: the bot, people, chats, files, invoices, and what happens as it happens. */
export function readingRoutes(world: World): Hono {
  const app = new Hono()
  const person = (c: Context): Person => personOf(world, Number(c.req.param('id')))
  const { id, first_name, username } = world.bot

  app.get('/bot', (c) => c.json({ id, first_name, username }))
  app.get('/persons', (c) => c.json({ persons: listPeople(world, c.req.query()) }))
  app.get('/persons/:id', (c) => c.json(person(c)))
  app.get('/persons/:id/chat', (c) => c.json(readChat(world, person(c))))
  app.get('/persons/:id/messages', async (c) =>
    c.json(await readMessages(world, person(c), { query: c.req.query(), signal: c.req.raw.signal })),
  )
  app.get('/invoices/:slug', (c) => c.json(readInvoice(world, c.req.param('slug'))))
  app.get('/stream', (c) => streamEvents(c, world))
  app.get('/files/:id', (c) => serveFile(c, world))
  return app
}

function serveFile(c: Context, world: World): Response {
  const fileId = c.req.param('id') ?? ''
  const [file, bytes] = [world.files.get(fileId), world.files.bytes(fileId)]
  if (!file || !bytes) throw new HTTPException(404, { message: 'no such file' })
  return c.body(new Uint8Array(bytes), 200, {
    'content-type': file.mime,
    'cache-control': 'private, max-age=86400',
    // A person's document may be a web page; it must not run as part of this one.
    'content-security-policy': 'sandbox',
  })
}
