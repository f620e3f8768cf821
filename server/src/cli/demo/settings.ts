import { rm } from 'node:fs/promises'
import { say } from '../settings.ts'

/** Names a bot that only the stand-in knows; the stand-in refuses to start beside a real token. */
const demoToken = '7000000001:DEMO_botdeck_local_stand_in_token'

export interface DemoSettings {
  databaseUrl: string
  /** The file behind it, where the demo may make and delete it; undefined for a database that somebody else named. */
  file: string | undefined
  serverPort: number
  chatPort: number
  serverUrl: string
  chatUrl: string
  /** What every process of the demo gets. */
  env: NodeJS.ProcessEnv
}

const file = 'data/demo.db'

/** The demo's settings: everything on loopback, with ports and database from the environment where it says them. */
export function demoSettings(variables: NodeJS.ProcessEnv): DemoSettings {
  const serverPort = Number(variables.PORT || 8080)
  const chatPort = Number(variables.EMULATOR_PORT || 8081)
  const serverUrl = `http://127.0.0.1:${serverPort}`
  const chatUrl = `http://127.0.0.1:${chatPort}`
  const databaseUrl = variables.DATABASE_URL || `file:${file}`
  return {
    databaseUrl,
    file: variables.DATABASE_URL ? undefined : file,
    serverPort,
    chatPort,
    serverUrl,
    chatUrl,
    env: {
      BOT_TOKEN: demoToken,
      ADMIN_IDS: '1000',
      DATABASE_URL: databaseUrl,
      HOST: '127.0.0.1',
      PORT: String(serverPort),
      PUBLIC_URL: serverUrl,
      TELEGRAM_API_ROOT: chatUrl,
      FRAME_ORIGINS: `${chatUrl} http://localhost:${chatPort}`,
      EMULATOR_PORT: String(chatPort),
      EMULATOR_URL: chatUrl,
      // Chats outlive a restart with the database: update numbers must go on where they were.
      EMULATOR_STATE: variables.EMULATOR_STATE || 'data/demo-chats.json',
      LOG_LEVEL: variables.LOG_LEVEL || 'warn',
    },
  }
}

/** Deletes what the demo made before. */
export async function forgetDemo({ file: made, env }: DemoSettings): Promise<void> {
  if (made === undefined) return
  const chats = env.EMULATOR_STATE ?? ''
  for (const path of [made, `${made}-wal`, `${made}-shm`, chats, `${chats}.files`])
    await rm(path, { recursive: true, force: true })
  say('The earlier demo is deleted')
}
