// @vitest-environment node
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')
const outDir = mkdtempSync(join(tmpdir(), 'panel-build-'))
let scripts = ''
let page = ''

beforeAll(async () => {
  await build({ root, mode: 'production', logLevel: 'warn', build: { outDir, emptyOutDir: true } })
  const assets = join(outDir, 'assets')
  scripts = readdirSync(assets)
    .filter((file) => file.endsWith('.js'))
    .map((file) => readFileSync(join(assets, file), 'utf8'))
    .join('\n')
  page = readFileSync(join(outDir, 'index.html'), 'utf8')
}, 60_000)

afterAll(() => rmSync(outDir, { recursive: true }))

describe('the build', () => {
  it('has neither the pretended client nor the address that signs for it', () => {
    // Compared as truth, so that a failure does not print the build.
    for (const mark of ['__launch', 'DEMO_botdeck', '#8774e1'])
      expect(scripts.includes(mark), mark).toBe(false)
  })

  it('has no validation library: the contract is there as types alone', () => {
    expect(/ZodError|zod-openapi/.test(scripts)).toBe(false)
  })

  it('has no script in the page and leaves the embedding origins to the server', () => {
    expect(page).not.toMatch(/<script(?![^>]*\bsrc=)/)
    expect(page).toContain('<meta name="frame-origins" content="__FRAME_ORIGINS__"')
  })
})
