import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { ChatRecord } from './chats.ts'
import type { StoredFile } from './files.ts'
import type { Invoice, Payment } from './payments.ts'
import type { Person } from './people.ts'
import type { Profile } from './profile.ts'
import { keyFromText, keyText, type World } from './world.ts'

interface State {
  version: 1
  botId: number
  signingKey: string
  people: Person[]
  chats: [number, ChatRecord][]
  updates: ReturnType<World['updates']['snapshot']>
  files: ReturnType<World['files']['snapshot']>
  invoices: Invoice[]
  payments: Payment[]
  profile: Profile
}

/** Takes up the world saved at `path`; false when there is none or it belongs to another bot. Throws on a broken file. */
export function restoreState(world: World, path: string): boolean {
  if (!existsSync(path)) return false
  // Written by this file alone; `version` changes with its shape.
  const state = JSON.parse(readFileSync(path, 'utf8')) as State
  if (state.version !== 1 || state.botId !== world.bot.id) return false
  world.signingKey = keyFromText(state.signingKey)
  for (const person of state.people) world.people.set(person.id, person)
  world.chats.restore(state.chats)
  world.updates.restore(state.updates)
  world.files.restore(state.files, (file) => readIfThere(filePath(path, file)))
  for (const invoice of state.invoices) world.invoices.set(invoice.slug, invoice)
  for (const payment of state.payments) world.payments.set(payment.charge_id, payment)
  world.profile = state.profile
  return true
}

/** The world as text, to be written by `writeState`. */
export function stateText(world: World): string {
  const state: State = {
    version: 1,
    botId: world.bot.id,
    signingKey: keyText(world.signingKey),
    people: [...world.people.values()],
    chats: world.chats.snapshot(),
    updates: world.updates.snapshot(),
    files: world.files.snapshot(),
    invoices: [...world.invoices.values()],
    payments: [...world.payments.values()],
    profile: world.profile,
  }
  return JSON.stringify(state)
}

/** Writes the text beside `path` and moves it there, so that a crash leaves the last whole one. */
export function writeState(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(`${path}.new`, text)
  renameSync(`${path}.new`, path)
}

/** Mirrors the bytes of files into a folder beside the state, from now on. */
export function mirrorFiles(world: World, path: string, log: (line: string) => void): void {
  mkdirSync(folderOf(path), { recursive: true })
  const report = (error: Error) => log(`file not saved: ${error.message}`)
  world.files.folder = {
    write: (file, bytes) => void writeFile(filePath(path, file), bytes).catch(report),
    remove: (file) => void rm(filePath(path, file), { force: true }).catch(report),
  }
}

/** Removes the files of a state that is not taken up. */
export function discardFiles(path: string): void {
  rmSync(folderOf(path), { recursive: true, force: true })
}

function folderOf(path: string): string {
  return `${path}.files`
}

function filePath(path: string, file: StoredFile): string {
  return join(folderOf(path), file.file_path.replaceAll('/', '-'))
}

function readIfThere(path: string): Buffer | undefined {
  return existsSync(path) ? readFileSync(path) : undefined
}
