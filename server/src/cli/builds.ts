import { existsSync, readdirSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { AppError } from '@botdeck/shared/contract/errors'
import { root, spawnNode } from './children.ts'

/** A page that Vite builds. */
export interface Build {
  name: string
  /** The package it belongs to. */
  cwd: string
  args: string[]
  /** Made last by a build. */
  result: string
  /** Files and folders that it is made from. */
  sources: string[]
}

/** The Mini App, and the chat page of the demo. */
export const builds: readonly Build[] = [
  {
    name: 'the panel',
    cwd: join(root, 'miniapp'),
    args: ['build'],
    result: join(root, 'miniapp/dist/index.html'),
    sources: [
      'miniapp/src',
      'miniapp/index.html',
      'miniapp/vite.config.ts',
      'shared/src/contract',
      'shared/src/domain',
    ],
  },
  {
    name: 'the chat page',
    cwd: join(root, 'bot'),
    args: ['build', '--config', 'emulator/page/vite.config.ts'],
    result: join(root, 'bot/emulator/page/dist/index.html'),
    sources: ['bot/emulator/page/src', 'bot/emulator/page/index.html', 'bot/emulator/page/vite.config.ts'],
  },
]

function newest(path: string): number {
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))))
}

function isStale({ result, sources }: Build): boolean {
  if (!existsSync(result)) return true
  const built = statSync(result).mtimeMs
  return sources.some((source) => newest(join(root, source)) > built)
}

/** Vite as a file that Node runs. */
export function viteFile(build: Build): string {
  const manifest = createRequire(join(build.cwd, 'package.json')).resolve('vite/package.json')
  return join(dirname(manifest), 'bin/vite.js')
}

function run(build: Build): Promise<void> {
  const args = [viteFile(build), ...build.args, '--logLevel', 'warn']
  return new Promise((resolve, reject) => {
    const child = spawnNode({ args, cwd: build.cwd })
    child.once('error', reject)
    child.once('exit', (code) =>
      code === 0
        ? resolve()
        : reject(new AppError('internal', `${build.name} could not be built: see above`)),
    )
  })
}

/** Builds what is missing or older than its sources. */
export async function buildWhatIsStale(): Promise<void> {
  for (const build of builds) {
    if (!isStale(build)) continue
    process.stderr.write(`Building ${build.name} …\n`)
    await run(build)
  }
}
