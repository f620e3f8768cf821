import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { Environment } from './environment.ts'

const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8')

it('the table of settings in the README names every setting with its meaning', () => {
  const table = Object.entries(Environment.shape).map(
    ([name, schema]) => `| \`${name}\` | ${schema.description} |`,
  )
  const [, written] = /<!-- settings[^>]*-->\n([\s\S]*?)<!-- \/settings -->/.exec(readme) ?? []
  expect(written).toBe(['| setting | meaning |', '| --- | --- |', ...table, ''].join('\n'))
})
