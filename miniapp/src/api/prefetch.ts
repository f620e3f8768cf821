import type { Panel } from '@botdeck/shared/contract/session'
import type { QueryClient } from '@tanstack/react-query'
import type { Api } from './client.ts'
import { panelQuery } from './queries.ts'

/** What routes know before their component exists. */
export interface RouterContext {
  api: Api
  queryClient: QueryClient
}

/**
 * Starts asking for a page's figures as soon as a finger touches its link, without holding the page back. Failures
 * are the page's own to show: it asks the same question.
 */
export function prefetch(
  { api, queryClient }: RouterContext,
  ask: (panel: Panel) => Promise<unknown>[],
): void {
  queryClient
    .ensureQueryData(panelQuery(api))
    .then((panel) => Promise.all(ask(panel)))
    .catch(() => undefined)
}
