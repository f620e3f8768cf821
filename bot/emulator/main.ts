import { type RunningEmulator, startEmulator } from './emulator.ts'
import { type EmulatorSettings, readSettings } from './settings.ts'
import type { NewPerson } from './world/people.ts'

function fail(line: string): never {
  process.stderr.write(`${line}\n`)
  process.exit(1)
}

function settings(): EmulatorSettings {
  try {
    return readSettings(process.env)
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error))
  }
}

/** Two users of the bot to start with, one for each of its languages. */
const USERS: NewPerson[] = [
  { id: 1_000_101, first_name: 'Mia', username: 'mia_demo', language_code: 'en' },
  { id: 1_000_102, first_name: 'Иван', username: 'ivan_demo', language_code: 'ru' },
]

async function start({
  token,
  botId,
  port,
  adminIds,
  statePath,
}: EmulatorSettings): Promise<RunningEmulator> {
  const admins = adminIds.map((id, index) => ({
    id,
    first_name: index === 0 ? 'Admin' : `Admin ${index + 1}`,
    username: index === 0 ? 'demo_admin' : `demo_admin_${index + 1}`,
    kind: 'admin' as const,
  }))
  const bot = { id: botId, username: 'botdeck_demo_bot', first_name: 'Botdeck demo' }
  const log = (line: string) => process.stderr.write(`${line}\n`)
  try {
    return await startEmulator(
      { token, bot, people: [...USERS, ...admins], log, ...(statePath && { statePath }) },
      port,
    )
  } catch (error) {
    const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
    return fail(
      taken
        ? `port ${port} is taken: set EMULATOR_PORT to a free one`
        : `the stand-in cannot start: ${error}`,
    )
  }
}

const emulator = await start(settings())
let stopping = false
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, async () => {
    if (stopping) return
    stopping = true
    await emulator.stop()
    process.exit(0)
  })
}

// The process that started us was killed: end as if told to.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))

// After the handlers: whoever waits for this line may signal at once.
process.stdout.write(`emulator ready ${emulator.url}\n`)
