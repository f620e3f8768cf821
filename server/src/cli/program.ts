import { Command, CommanderError } from 'commander'
import { addAdminCommand } from './commands/admin.ts'
import { addDatabaseCommands } from './commands/database.ts'
import { addDemoCommands } from './commands/demo.ts'
import { addIngestKeyCommand } from './commands/ingest-key.ts'
import { addRunCommands } from './commands/run.ts'
import { failureText } from './failures.ts'
import { loadEnvFile } from './settings.ts'

const failed = 1
const wrongUse = 2

function createProgram(): Command {
  const program = new Command('botdeck')
    .description('Admin panel and analytics for Telegram bots, inside Telegram')
    .addHelpText('after', '\nSettings come from the environment and from .env in the working directory.')
    .showHelpAfterError('(add --help for how to use it)')
    .exitOverride()
  addRunCommands(program)
  addDemoCommands(program)
  addDatabaseCommands(program)
  addAdminCommand(program)
  addIngestKeyCommand(program)
  return program
}

/** Sub-commands must end as the program does, so that wrong use is told apart from failure. */
function overrideExits(command: Command): void {
  for (const sub of command.commands) {
    sub.exitOverride()
    overrideExits(sub)
  }
}

function exitCodeOf(error: CommanderError): number {
  if (error.code.startsWith('botdeck.')) process.stderr.write(`${error.message}\n`)
  return error.exitCode === 0 ? 0 : wrongUse
}

/** Runs one command. The process ends with 0, 1 where the command failed, 2 where it was asked wrongly. */
export async function runProgram(argv: string[]): Promise<void> {
  const program = createProgram()
  overrideExits(program)
  try {
    loadEnvFile()
    await program.parseAsync(argv)
  } catch (error) {
    if (error instanceof CommanderError) process.exit(exitCodeOf(error))
    process.stderr.write(`${failureText(error)}\n`)
    process.exit(failed)
  }
}
