import { type Logger, pino } from 'pino'

export type { Logger }

/**
 * The log of the process: JSON lines on standard output. Nothing that holds the token leaves: addresses of the Bot API
 * do, and errors of the network name addresses.
 */
export function createLogger(level: string, token: string): Logger {
  const secret = token.slice(token.indexOf(':') + 1)
  return pino({
    level,
    base: { process: 'bot' },
    hooks: {
      streamWrite: (line) => (secret.length > 0 ? line.replaceAll(secret, '<token>') : line),
    },
  })
}
