import { type Logger as PinoLogger, pino } from 'pino'
import { PinoPretty } from 'pino-pretty'

export type Logger = PinoLogger

/**
 * The log of a process: JSON lines, or readable ones on a terminal. Nobody passes it tokens, init data or bodies.
 */
export function createLogger(level: string): Logger {
  if (!process.stdout.isTTY) return pino({ level })
  return pino({ level }, PinoPretty({ translateTime: 'HH:MM:ss', ignore: 'pid,hostname' }))
}
