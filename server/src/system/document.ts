import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Env } from '../context.ts'

const info = {
  title: 'Botdeck',
  version: '0.1.0',
  description:
    'The panel asks these routes with a session token; any bot posts its events with an ingest key. Instants are ISO 8601 in UTC, days belong to the reporting time zone, money is in minor units.',
}

/** The OpenAPI 3.1 document of all routes that were registered, made once. */
export function apiDocument(app: Pick<OpenAPIHono<Env>, 'openAPIRegistry' | 'getOpenAPI31Document'>) {
  app.openAPIRegistry.registerComponent('securitySchemes', 'session', { type: 'http', scheme: 'bearer' })
  app.openAPIRegistry.registerComponent('securitySchemes', 'ingestKey', { type: 'http', scheme: 'bearer' })
  return app.getOpenAPI31Document({ openapi: '3.1.0', info })
}

export type ApiDocument = ReturnType<typeof apiDocument>
