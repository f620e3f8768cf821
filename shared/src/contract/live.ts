import { createRoute, z } from '@hono/zod-openapi'
import { bearer, responses } from './routes.ts'

/** Described for the API page: what it sends is no JSON document. */
export const live = createRoute({
  method: 'get',
  path: '/api/live',
  tags: ['Stats'],
  summary: 'What happens now, as it happens',
  description:
    'Server-sent events. Each event `now` carries the stat of that name: at once, then whenever it has changed, at most once a second. Comments in between keep the connection. The stream ends with the session or the role; 429 while a hundred are open. Browsers read it with fetch, as EventSource sends no token.',
  security: bearer,
  responses: {
    ...responses(z.string()),
    200: { description: 'A stream', content: { 'text/event-stream': { schema: z.string() } } },
  },
})
