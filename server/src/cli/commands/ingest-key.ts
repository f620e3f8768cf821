import { createIngestKey, listIngestKeys, revokeIngestKey } from '@botdeck/shared/actions/ingest-keys'
import type { Command } from 'commander'
import { say, withDb } from '../settings.ts'

async function create(name: string): Promise<void> {
  const key = await withDb((db) => db.transaction((tx) => createIngestKey(tx, name, Date.now())))
  say(`Key of "${name}", shown this once: ${key}`)
}

async function revoke(which: string): Promise<void> {
  const ended = await withDb((db) => db.transaction((tx) => revokeIngestKey(tx, which, Date.now())))
  say(ended === 1 ? `The key "${which}" is revoked` : `${ended} keys "${which}" are revoked`)
}

async function list(): Promise<void> {
  const keys = await withDb(listIngestKeys)
  for (const { id, name, createdAt, revokedAt } of keys)
    say(`${id}\t${name}\t${new Date(createdAt).toISOString()}\t${revokedAt === null ? 'open' : 'revoked'}`)
  if (keys.length === 0) say('There is no key yet')
}

/** `ingest-key`: who may post events. */
export function addIngestKeyCommand(program: Command): void {
  const key = program.command('ingest-key').description('keys of those who post events')
  key.addHelpText('after', '\nExample:\n  pnpm botdeck ingest-key create "shop bot"')
  key
    .command('create')
    .description('make a key; it is the last word printed and stored nowhere')
    .argument('<name>', 'whose key it is')
    .addHelpText('after', '\nExample:\n  pnpm botdeck ingest-key create "shop bot"')
    .action(create)
  key
    .command('revoke')
    .description('end a key')
    .argument('<id|name>', 'its number or name')
    .addHelpText('after', '\nExample:\n  pnpm botdeck ingest-key revoke 1')
    .action(revoke)
  key
    .command('list')
    .description('all keys, without the keys themselves')
    .addHelpText('after', '\nExample:\n  pnpm botdeck ingest-key list')
    .action(list)
}
