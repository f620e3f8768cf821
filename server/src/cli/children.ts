import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { sourceFlags } from '../threads.ts'

/** The repository: children are started by their files in it. */
export const root = resolve(import.meta.dirname, '../../..')

/** A process to run beside others. */
export interface ChildSpec {
  name: string
  /** Arguments of Node: flags, the file under the repository, its arguments. */
  args: string[]
  env?: NodeJS.ProcessEnv
  /** Whether the others go on when it ends. */
  optional?: boolean
  /** Whether what it prints is of no interest to whoever started all; its errors always are. */
  quiet?: boolean
  cwd?: string
}

/**
 * Flags of Node for the server. Each of its threads keeps a young generation of its own, which by default takes three
 * times 16 MB whatever it holds, and lets its old one grow to several times what lives in it before it is cleared.
 */
export const serverFlags = ['--max-semi-space-size=4', '--heap-growing-percent=40', ...sourceFlags]

/**
 * What the C library must know before the server starts: arrays of a megabyte and more are got from the system and given
 * back to it. By default it learns from the first large one to keep them, and holds what a scan took for good.
 */
export const serverEnvironment = { MALLOC_MMAP_THRESHOLD_: String(2 ** 20) }

const patienceMs = 15_000

const ended = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null

function exitOf(child: ChildProcess): Promise<void> {
  return new Promise((done) => {
    if (ended(child) || child.pid === undefined) done()
    else child.once('exit', () => done())
  })
}

/**
 * Starts Node as a child with our terminal. The channel between us is for its closing: where this process is killed, the
 * child hears it and ends, and no bot goes on fetching updates behind the back of the next one.
 */
export function spawnNode(
  { args, env, cwd }: Omit<ChildSpec, 'name'>,
  more: SpawnOptions = {},
): ChildProcess {
  return spawn(process.execPath, args, {
    cwd: cwd ?? process.cwd(),
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    ...more,
  })
}

/** Ends a child: asks it to, and after a while makes it. */
export async function endChild(child: ChildProcess): Promise<void> {
  if (!ended(child)) child.kill('SIGTERM')
  const late = setTimeout(() => child.kill('SIGKILL'), patienceMs)
  await exitOf(child)
  clearTimeout(late)
}

/**
 * Processes that live and die together: where one ends by itself, the others are stopped too. They are known by what
 * `spawn` gave us, never looked up by name.
 */
export class Children {
  readonly #running: ChildProcess[] = []
  readonly #failure = Promise.withResolvers<string>()
  #stopping = false

  start(spec: ChildSpec): void {
    const child = spawnNode(spec, { stdio: ['ignore', spec.quiet ? 'ignore' : 'inherit', 'inherit', 'ipc'] })
    this.#running.push(child)
    const lost = (how: string) => {
      if (this.#stopping) return
      if (spec.optional) process.stderr.write(`${spec.name} ended (${how}); the rest goes on\n`)
      else this.#failure.resolve(`${spec.name} ended (${how}): everything else is stopped`)
    }
    child.once('error', (error) => lost(error.message))
    child.once('exit', (code, signal) => lost(signal ?? `exit ${code}`))
  }

  /** Resolves with a line when one that matters has ended by itself. */
  get failure(): Promise<string> {
    return this.#failure.promise
  }

  /** Ends all, the latest first. */
  async stop(): Promise<void> {
    this.#stopping = true
    for (const child of this.#running.toReversed()) await endChild(child)
  }

  /**
   * Waits until we are told to end or one of them ends, stops the others and ends this process: 0 where we were told,
   * 1 where one failed.
   */
  async untilEnd(told: Promise<void>): Promise<never> {
    const failure = await Promise.race([this.failure, told])
    if (failure !== undefined) process.stderr.write(`${failure}\n`)
    await this.stop()
    process.exit(failure === undefined ? 0 : 1)
  }
}

/** Resolves when this process is told to end. Children in our terminal hear Ctrl-C themselves; hearing twice is harmless. */
export function toldToEnd(): Promise<void> {
  return new Promise((told) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => told())
  })
}
