import { createInterface } from 'node:readline/promises'
import { type Command, CommanderError, InvalidArgumentError } from 'commander'
import { builds, viteFile } from '../builds.ts'
import { runDemo } from '../demo/run.ts'
import { demoSettings, forgetDemo } from '../demo/settings.ts'
import { settings } from '../settings.ts'
import { startBoth } from './run.ts'

interface DemoOptions {
  people: string
  seed: string
  fresh?: true
  yes?: true
}

const defaults: DemoOptions = { people: '5000', seed: 'botdeck' }

function positive(text: string): string {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new InvalidArgumentError('a whole number from 1.')
  return text
}

async function confirmed(): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await terminal.question('Delete the demo and everything in it? (y/N) ')
  terminal.close()
  return /^y(es)?$/i.test(answer.trim())
}

async function runDemoCommand({ fresh, yes, people, seed }: DemoOptions): Promise<void> {
  const demo = demoSettings(process.env)
  if (fresh) {
    if (demo.file === undefined)
      throw new CommanderError(
        2,
        'botdeck.fresh',
        "error: --fresh deletes the demo's own file alone: unset DATABASE_URL",
      )
    if (!yes && !process.stdin.isTTY)
      throw new CommanderError(2, 'botdeck.fresh', 'error: --fresh deletes the demo: add --yes')
    if (!yes && !(await confirmed())) return
    await forgetDemo(demo)
  }
  await runDemo({ settings: demo, history: { people, seed } })
}

/** The demo while its sources change: processes restart, pages are built anew. */
async function runDev(): Promise<void> {
  const more = builds.map((build) => ({
    name: `the build of ${build.name}`,
    args: [viteFile(build), ...build.args, '--watch', '--logLevel', 'warn'],
    cwd: build.cwd,
  }))
  const demo = demoSettings(process.env)
  const env = { ...demo.env, LOG_LEVEL: process.env.LOG_LEVEL || 'info' }
  await runDemo({
    settings: { ...demo, env },
    history: defaults,
    flags: ['--watch', '--watch-preserve-output'],
    more,
  })
}

/** With a token the real thing, without one the demo: what `npm start` runs. */
async function runUp(): Promise<void> {
  if (settings().BOT_TOKEN === undefined) return runDemoCommand(defaults)
  const { buildWhatIsStale } = await import('../builds.ts')
  await buildWhatIsStale()
  return startBoth()
}

/** `demo`, `dev` and `up`. */
export function addDemoCommands(program: Command): void {
  program
    .command('demo')
    .description('run everything with a stand-in for Telegram, a year of history and people who keep coming')
    .option('--people <number>', 'how many people the history has', positive, defaults.people)
    .option('--seed <text>', 'the same seed gives the same people', defaults.seed)
    .option('--fresh', 'delete the earlier demo first')
    .option('--yes', 'do not ask')
    .addHelpText('after', '\nExample:\n  pnpm botdeck demo --people 500 --fresh')
    .action(runDemoCommand)
  program
    .command('dev')
    .description('run the demo and restart what changes')
    .addHelpText('after', '\nExample:\n  pnpm dev')
    .action(runDev)
  program
    .command('up')
    .description('build what is missing, then start: the demo without BOT_TOKEN, else server and bot')
    .addHelpText('after', '\nExample:\n  npm start')
    .action(runUp)
}
