import { defineProject } from 'vitest/config'

export default defineProject({
  test: {
    name: 'bot',
    environment: 'node',
    include: ['src/**/*.test.ts', 'emulator/**/*.test.ts', 'plugin/**/*.test.ts'],
    globalSetup: ['@botdeck/shared/testing/postgres-server'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
