import { AppError } from '@botdeck/shared/contract/errors'
import type { Command } from 'commander'
import { Children, type ChildSpec, root, serverEnvironment, serverFlags, toldToEnd } from '../children.ts'
import { settings } from '../settings.ts'

const server: ChildSpec = {
  name: 'the server',
  args: [...serverFlags, `${root}/server/src/cli/main.ts`, 'serve'],
  env: serverEnvironment,
}
const bot: ChildSpec = { name: 'the bot', args: [`${root}/bot/src/main.ts`] }

/** Fails early, with one line, where the bot could not start. */
function requireToken(): void {
  if (settings().BOT_TOKEN === undefined)
    throw new AppError('invalid_params', 'BOT_TOKEN is missing: set it to the token that @BotFather gives', {
      field: 'BOT_TOKEN',
    })
}

async function run(specs: ChildSpec[]): Promise<never> {
  const told = toldToEnd()
  const children = new Children()
  for (const spec of specs) children.start(spec)
  return children.untilEnd(told)
}

/** Server and bot as two processes; where one ends, the other is stopped and the command fails. */
export function startBoth(): Promise<never> {
  requireToken()
  return run([server, bot])
}

/** `start`, `serve` and `bot`: the processes of a real installation. */
export function addRunCommands(program: Command): void {
  program
    .command('start')
    .description('run the server and the bot; where one ends, the other is stopped')
    .addHelpText('after', '\nExample:\n  BOT_TOKEN=… ADMIN_IDS=… PUBLIC_URL=https://… pnpm botdeck start')
    .action(startBoth)
  program
    .command('serve')
    .description('run the server alone; it needs no connection to Telegram to start')
    .addHelpText('after', '\nExample:\n  PORT=8080 pnpm botdeck serve')
    .action(async () => {
      const { runServer } = await import('../../main.ts')
      await runServer(process.env)
    })
  program
    .command('bot')
    .description('run the bot alone')
    .addHelpText('after', '\nExample:\n  BOT_TOKEN=… pnpm botdeck bot')
    .action(() => {
      requireToken()
      return run([bot])
    })
}
