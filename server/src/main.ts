import { readEnvironment } from '@botdeck/shared/config/environment'
import { createLogger } from './logger.ts'
import { startServer } from './server.ts'

/**
 * Runs the server as this process until it is told to end. A signal that comes twice, from the terminal and from the
 * process that started this one, is one wish.
 * @returns once it listens
 */
export async function runServer(variables: NodeJS.ProcessEnv): Promise<void> {
  const environment = readEnvironment(variables)
  const logger = createLogger(environment.LOG_LEVEL)
  const server = await startServer(environment, logger)
  logger.info({ url: server.url }, 'the server listens')
  let stopping = false
  const stop = async (signal: string) => {
    if (stopping) return
    stopping = true
    logger.info({ signal }, 'the server stops')
    await server.stop()
    process.exit(0)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  // The process that started us was killed: end as if told to.
  process.once('disconnect', () => void stop('disconnect'))
}
