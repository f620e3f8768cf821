/*
 * Lets simulated people act through the stand-in at `EMULATOR_URL`, as real ones would, until SIGTERM or SIGINT.
 */
import { Command, InvalidArgumentError } from 'commander'
import { createClient } from '../client.ts'
import { keepComing } from './crowd.ts'
import { Random } from './random.ts'
import { drawPhotos } from './sample-photos.ts'

function positive(text: string): number {
  const value = Number(text)
  if (!(value > 0)) throw new InvalidArgumentError('a number above 0')
  return value
}

function count(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 0) throw new InvalidArgumentError('a whole number from 0')
  return value
}

const command = new Command('live')
  .description('Let simulated people use the bot through the stand-in for Telegram at EMULATOR_URL.')
  .option('--rate <number>', 'acts of all people together, a minute', positive, 20)
  .option('--people <number>', 'how many people the history has: some of them come back', count, 5000)
  .option('--seed <text>', 'the seed of that history', 'botdeck')

const { rate, people, seed } = command.parse().opts<{ rate: number; people: number; seed: string }>()
const url = process.env.EMULATOR_URL?.replace(/\/+$/, '')
if (!url) {
  process.stderr.write('EMULATOR_URL is missing: the address of the stand-in, like http://127.0.0.1:8081\n')
  process.exit(1)
}

const stop = new AbortController()
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.once(signal, () => {
    stop.abort()
    // Whoever still waits for an answer is left waiting.
    setTimeout(() => process.exit(0), 1000).unref()
  })
// The process that started us was killed: end as if told to.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
const log = (line: string) => process.stderr.write(`${line}\n`)
const photos = await drawPhotos()
process.stdout.write(`people ready ${url}\n`)
const random = new Random(`${seed}/live/${Date.now()}`)
const client = createClient(url)
await keepComing({ client, photos, rate, history: { people, seed }, random, signal: stop.signal, log })
