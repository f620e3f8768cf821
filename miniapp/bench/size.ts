import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'

// Prints the gzip size of every script that is loaded before the first number: what index.html names, the first
// page's own chunk and the English texts, each with all that it imports. Ends with 1 when the sum is over budget.
const root = join(import.meta.dirname, '..')
const outDir = join(root, '.tmp/size')
const budget = 180_000
const starts = ['index.html', 'src/start.tsx', 'src/routes/index.tsx?tsr-split=component', 'src/i18n/en.ts']

interface Chunk {
  file: string
  imports?: string[]
}

await build({ root, logLevel: 'warn', build: { outDir, emptyOutDir: true, manifest: true } })
const manifest: Record<string, Chunk> = JSON.parse(readFileSync(join(outDir, '.vite/manifest.json'), 'utf8'))

const files = new Set<string>()
function load(name: string): void {
  const chunk = manifest[name]
  if (chunk === undefined) throw new Error(`the build has no chunk ${name}`)
  if (files.has(chunk.file)) return
  files.add(chunk.file)
  for (const imported of chunk.imports ?? []) load(imported)
}
for (const name of starts) load(name)

let total = 0
for (const file of files) {
  const bytes = gzipSync(readFileSync(join(outDir, file)), { level: 9 }).length
  total += bytes
  console.log(`${(bytes / 1000).toFixed(1).padStart(7)} kB  ${file}`)
}
console.log(`${(total / 1000).toFixed(1).padStart(7)} kB  of ${budget / 1000} kB before the first number`)
rmSync(outDir, { recursive: true })
if (total > budget) process.exitCode = 1
