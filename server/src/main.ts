import { readEnvironment } from '@botdeck/shared/config/environment'
import { createLogger } from './logger.ts'
import { startServer } from './server.ts'

/**
 * Runs the server as this process until it is told to end, by SIGTERM or SIGINT. A second signal ends it at once.
 * @returns once it listens
 */
export async function runServer(variables: NodeJS.ProcessEnv): Promise<void> {
  const environment = readEnvironment(variables)
  const logger = createLogger(environment.LOG_LEVEL)
  const server = await startServer(environment, logger)
  logger.info({ url: server.url }, 'the server listens')
  // Whoever started this process waits for the line, whatever the log's level.
  process.send?.({ ready: server.url })
  let stopping = false
  const stop = async (signal: string) => {
    if (stopping) process.exit(1)
    stopping = true
    logger.info({ signal }, 'the server stops')
    await server.stop()
    process.exit(0)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}
