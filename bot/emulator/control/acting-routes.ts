import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { pay } from '../world/payments.ts'
import type { Person } from '../world/people.ts'
import { personOf } from '../world/posting.ts'
import type { World } from '../world/world.ts'
import { createPerson, press, sendText, setBlocked } from './acting.ts'
import { LaunchRequest, launch } from './launch.ts'
import { slugOf } from './reading.ts'
import { receiveUpload } from './uploads.ts'

const NewPersonBody = z.strictObject({
  id: z
    .int()
    .min(1)
    .max(2 ** 52)
    .optional(),
  first_name: z.string().trim().min(1).max(64),
  last_name: z.string().max(64).optional(),
  username: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9_]{3,31}$/)
    .optional(),
  language_code: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)
    .optional(),
  is_premium: z.boolean().optional(),
  kind: z.enum(['admin', 'person', 'simulated']).optional(),
})
const Text = z.strictObject({ text: z.string() })
const Start = z.strictObject({
  payload: z
    .string()
    .regex(/^[A-Za-z0-9_-]{0,64}$/)
    .default(''),
})
const WaitMs = z.int().min(0).max(60_000).default(0)
const Press = z.strictObject({ message_id: z.int(), data: z.string(), wait_ms: WaitMs })
const Pay = z.union([z.strictObject({ slug: z.string() }), z.strictObject({ message_id: z.int() })])

/** Everything a person can do, under `/persons/:id/…`. */
export function actingRoutes(world: World): Hono {
  const app = new Hono()
  const person = (c: Context): Person => personOf(world, Number(c.req.param('id')))

  app.post('/persons', async (c) => c.json(createPerson(world, NewPersonBody.parse(await c.req.json()))))
  app.post('/persons/:id/text', async (c) =>
    c.json(sendText(world, person(c), Text.parse(await c.req.json()).text)),
  )
  app.post('/persons/:id/start', async (c) => {
    const { payload } = Start.parse(await c.req.json())
    return c.json(sendText(world, person(c), `/start ${payload}`.trim()))
  })
  for (const kind of ['photo', 'document', 'sticker'] as const) {
    app.post(`/persons/:id/${kind}`, async (c) =>
      c.json(await receiveUpload(world, person(c), kind, await c.req.formData())),
    )
  }
  app.post('/persons/:id/press', async (c) => {
    const { message_id, data, wait_ms } = Press.parse(await c.req.json())
    return c.json(await press(world, person(c), { message_id, data, waitMs: wait_ms }))
  })
  app.post('/persons/:id/pay', async (c) => {
    const body = Pay.parse(await c.req.json())
    const slug = 'slug' in body ? body.slug : slugOf(world, person(c), body.message_id)
    return c.json(await pay(world, person(c), slug))
  })
  for (const blocked of [true, false]) {
    app.post(`/persons/:id/${blocked ? 'block' : 'unblock'}`, (c) => {
      setBlocked(world, person(c), blocked)
      return c.json(person(c))
    })
  }
  app.post('/persons/:id/launch', async (c) =>
    c.json(launch(world, person(c), LaunchRequest.parse(await c.req.json()))),
  )
  return app
}
