import type { hc } from 'hono/client'
import type { createApp } from './app.ts'

/** The routes with their types, for Hono's client. */
export type AppType = ReturnType<typeof createApp>

/** The client itself, inferred once here and not in every package that uses it. */
export type Client = ReturnType<typeof hc<AppType>>
