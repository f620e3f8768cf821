import { QueryClient } from '@tanstack/react-query'
import { isPassing } from './errors.ts'

const freshMs = 10_000
const keptMs = 30 * 60_000

/** Answers are fresh for ten seconds and kept for half an hour; only what may pass is asked again by itself. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: freshMs,
        gcTime: keptMs,
        // Without a connection a question fails at once and says so, where waiting for one would look like loading.
        networkMode: 'always',
        retry: (failures, error) => isPassing(error) && failures < 1,
        retryDelay: 1000,
      },
    },
  })
}
