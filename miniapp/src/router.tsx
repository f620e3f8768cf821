import { createRouter, type RouterHistory } from '@tanstack/react-router'
import type { RouterContext } from './api/prefetch.ts'
import { BrokenPage, MissingPage } from './components/broken-page.tsx'
import { routeTree } from './routeTree.gen.ts'

/** The router of the panel; `history` is the browser's unless given. */
export function createPanelRouter(context: RouterContext, history?: RouterHistory) {
  return createRouter({
    routeTree,
    context,
    ...(history ? { history } : {}),
    defaultPreload: 'intent',
    // The query client decides what is fresh.
    defaultPreloadStaleTime: 0,
    defaultErrorComponent: BrokenPage,
    defaultNotFoundComponent: MissingPage,
    scrollRestoration: true,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createPanelRouter>
  }
}
