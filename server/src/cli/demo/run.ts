import { buildWhatIsStale } from '../builds.ts'
import { Children, type ChildSpec, root, serverEnvironment, serverFlags, toldToEnd } from '../children.ts'
import { say } from '../settings.ts'
import { ensureHistory, type HistoryOptions } from './history.ts'
import { answering, checkPort } from './ports.ts'
import type { DemoSettings } from './settings.ts'

export interface DemoRun {
  settings: DemoSettings
  history: HistoryOptions
  /** Flags of Node for each process: `--watch` while developing. */
  flags?: string[]
  /** Processes beside those of the demo. */
  more?: ChildSpec[]
}

interface Processes {
  chat: ChildSpec
  server: ChildSpec
  bot: ChildSpec
  people: ChildSpec
}

function processesOf({ settings: { env }, history: { people, seed }, flags = [] }: DemoRun): Processes {
  const spec = (name: string, file: string, ...args: string[]): ChildSpec => ({
    name,
    args: [...flags, `${root}/${file}`, ...args],
    env,
  })
  const live = ['--people', people, '--seed', seed]
  return {
    chat: { ...spec('the stand-in for Telegram', 'bot/emulator/main.ts'), quiet: true },
    server: {
      name: 'the server',
      args: [...flags, ...serverFlags, `${root}/server/src/cli/main.ts`, 'serve'],
      env: { ...serverEnvironment, ...env },
    },
    bot: spec('the bot', 'bot/src/main.ts'),
    people: {
      ...spec('the simulated people', 'bot/emulator/people/live.ts', ...live),
      optional: true,
      quiet: true,
    },
  }
}

/**
 * Starts the demo: pages built, a history where there is none, then the stand-in for Telegram, the server, the bot and
 * people who use it. Says the address to open when all of it answers, and runs until it is told to end.
 */
export async function runDemo(run: DemoRun): Promise<never> {
  const { settings, history, more = [] } = run
  await checkPort(settings.serverPort, 'PORT')
  await checkPort(settings.chatPort, 'EMULATOR_PORT')
  await buildWhatIsStale()
  await ensureHistory(settings, history)

  const told = toldToEnd()
  const children = new Children()
  const { chat, server, bot, people } = processesOf(run)
  const given = new AbortController()
  const over = Promise.race([told, children.failure]).then(() => given.abort())
  const within = (up: Promise<void>) => Promise.race([up, over])
  children.start(chat)
  children.start(server)
  for (const spec of more) children.start(spec)
  await within(answering(`${settings.chatUrl}/`, given.signal))
  if (!given.signal.aborted) children.start(bot)
  await within(answering(`${settings.serverUrl}/readyz`, given.signal))
  if (!given.signal.aborted) {
    children.start(people)
    say(`Botdeck demo is ready: ${settings.chatUrl}`)
  }
  return children.untilEnd(told)
}
