import { z } from 'zod'

const DemoToken = z
  .string({ error: 'BOT_TOKEN is missing: the stand-in needs the demo token, like 700000:DEMO_…' })
  .regex(/^\d+:[A-Za-z0-9_-]+$/, 'BOT_TOKEN is not a bot token: <id>:<secret> expected')
  .refine(
    (token) => token.split(':')[1]?.startsWith('DEMO_'),
    'BOT_TOKEN is a real token: the stand-in for Telegram starts only with a demo token, <id>:DEMO_…',
  )

const Settings = z.object({
  BOT_TOKEN: DemoToken,
  EMULATOR_PORT: z.coerce.number('EMULATOR_PORT is not a port').int().min(0).max(65_535).default(8081),
  ADMIN_IDS: z
    .string()
    .regex(/^\s*(\d+\s*(,\s*\d+\s*)*)?$/, 'ADMIN_IDS is not a list of numbers')
    .default(''),
  EMULATOR_STATE: z.string().optional(),
})

export interface EmulatorSettings {
  token: string
  botId: number
  port: number
  adminIds: number[]
  statePath: string | undefined
}

/** Reads the environment. Throws with one line for the operator, above all beside a real token. */
export function readSettings(env: Record<string, string | undefined>): EmulatorSettings {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const parsed = Settings.safeParse(given)
  if (!parsed.success) throw new Error(parsed.error.issues[0]?.message ?? 'settings are wrong')
  const { BOT_TOKEN: token, EMULATOR_PORT: port, ADMIN_IDS, EMULATOR_STATE: statePath } = parsed.data
  const adminIds = ADMIN_IDS.split(',').flatMap((id) => (id.trim() ? [Number(id)] : []))
  return { token, botId: Number(token.split(':')[0]), port, adminIds, statePath }
}
