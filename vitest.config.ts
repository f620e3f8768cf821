import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: ['shared', 'server', 'bot', 'miniapp', 'server/e2e'],
    reporters: ['default', './.ci/count-reporter.ts'],
  },
})
