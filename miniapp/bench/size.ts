import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gzipSync } from 'node:zlib'

// Prints the gzip size of every script that index.html and the first page (Home in English) load, with its sum.
const dist = join(import.meta.dirname, '../dist')
const budget = 180 * 1024

const html = readFileSync(join(dist, 'index.html'), 'utf8')
const seen = new Set<string>()

function add(file: string): void {
  if (seen.has(file)) return
  seen.add(file)
  const code = readFileSync(join(dist, 'assets', file), 'utf8')
  // Static imports of a chunk; dynamic ones load on demand.
  for (const [, name] of code.matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g)) if (name) add(name)
}

for (const [, file] of html.matchAll(/(?:src|href)="\/assets\/([^"]+\.js)"/g)) if (file) add(file)
for (const prefix of ['routes-', 'index-', 'en-']) {
  const entry = readFileSync(join(dist, 'assets', [...seen][0] ?? ''), 'utf8')
  const match = entry.match(new RegExp(`["'/](${prefix}[\\w-]+\\.js)`))
  if (match?.[1]) add(match[1])
}

let total = 0
for (const file of seen) {
  const bytes = gzipSync(readFileSync(join(dist, 'assets', file)), { level: 9 }).length
  total += bytes
  console.log(`${(bytes / 1024).toFixed(1).padStart(7)} kB  ${basename(file)}`)
}
console.log(`${(total / 1024).toFixed(1).padStart(7)} kB  of ${budget / 1024} kB before the first number`)
if (total > budget) process.exitCode = 1
