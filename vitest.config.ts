import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: ['shared', 'server', 'bot', 'miniapp'],
    reporters: ['default', './.ci/count-reporter.ts'],
  },
})
