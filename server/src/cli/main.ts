import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

// Checked before anything is loaded: the SQLite driver ends an older Node without a word.
if (Number(process.versions.node.split('.')[0]) < 24) {
  console.error(
    `Botdeck needs Node 24 and this is ${process.versions.node}: run it by "pnpm botdeck", which brings Node 24 itself`,
  )
  process.exit(1)
}

// Sources lose their types at each start, and again in each thread: what that made is kept. Without a place for it, nothing is.
const compiled = fileURLToPath(new URL('../../../node_modules/.cache/botdeck-compiled', import.meta.url))
if (enableCompileCache(compiled).directory !== undefined) process.env.NODE_COMPILE_CACHE ??= compiled

const { runProgram } = await import('./program.ts')
await runProgram(process.argv)
