import { addAdmin, listAdmins, removeAdmin } from '@botdeck/shared/actions/admins'
import { isRole, type Role, roles } from '@botdeck/shared/domain/roles'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { say, withDb } from '../settings.ts'

function telegramId(text: string): number {
  const id = Number(text)
  if (!/^\d+$/.test(text) || id < 1 || id > 2 ** 52 - 1)
    throw new InvalidArgumentError('a Telegram id is a number.')
  return id
}

async function add(id: number, { role }: { role: Role }): Promise<void> {
  await withDb((db) =>
    db.transaction((tx) => addAdmin(tx, { telegramId: id, role, addedBy: 'command line' }, Date.now())),
  )
  say(`${id} is ${role} now`)
}

async function remove(id: number): Promise<void> {
  await withDb((db) => db.transaction((tx) => removeAdmin(tx, id, Date.now())))
  say(`${id} is no admin any more`)
}

async function list(): Promise<void> {
  const admins = await withDb(listAdmins)
  for (const { telegramId: id, role, addedBy } of admins) say(`${id}\t${role}\tby ${addedBy}`)
  if (admins.length === 0) say('There is no admin yet: add one, or set ADMIN_IDS')
}

/** `admin`: who may open the panel. */
export function addAdminCommand(program: Command): void {
  const admin = program.command('admin').description('who may open the panel')
  admin.addHelpText('after', '\nExample:\n  pnpm botdeck admin add 123456789 --role analyst')
  const role = new Option('--role <role>', 'what they may do').choices(roles).default('owner')
  admin
    .command('add')
    .description('make somebody an admin, or change their role')
    .argument('<id>', 'Telegram id', telegramId)
    .addOption(role.argParser((text) => (isRole(text) ? text : wrongRole())))
    .addHelpText('after', '\nExample:\n  pnpm botdeck admin add 123456789 --role manager')
    .action(add)
  admin
    .command('remove')
    .description('take the panel away from somebody')
    .argument('<id>', 'Telegram id', telegramId)
    .addHelpText('after', '\nExample:\n  pnpm botdeck admin remove 123456789')
    .action(remove)
  admin
    .command('list')
    .description('all admins with their roles')
    .addHelpText('after', '\nExample:\n  pnpm botdeck admin list')
    .action(list)
}

function wrongRole(): never {
  throw new InvalidArgumentError(`one of ${roles.join(', ')}.`)
}
