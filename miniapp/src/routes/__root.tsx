import {
  createRootRouteWithContext,
  Outlet,
  retainSearchParams,
  useLocation,
  useRouter,
} from '@tanstack/react-router'
import { useCallback } from 'react'
import type { RouterContext } from '../api/prefetch.ts'
import { Gate } from '../components/gate.tsx'
import { isTabRoot, TabBar, tabOf } from '../components/tab-bar.tsx'
import { Toaster } from '../components/toast.tsx'
import { useBackButton } from '../telegram/feel.ts'
import type { Loose } from '../url/loose.ts'
import { parseShared, type SharedSearch, sharedKeys } from '../url/range.ts'

export const Route = createRootRouteWithContext<RouterContext>()({
  validateSearch: (raw: Record<string, unknown>): Loose<SharedSearch> => parseShared(raw),
  // Range and filters go along from page to page.
  search: { middlewares: [retainSearchParams([...sharedKeys])] },
  component: Frame,
})

/** What every page stands in: the gate, the tabs, the client's back button. */
function Frame() {
  const router = useRouter()
  const path = useLocation({ select: (location) => location.pathname })
  const back = useCallback(() => {
    // A page opened by a link has nothing behind it but its section.
    if (router.history.canGoBack()) router.history.back()
    else void router.navigate({ to: tabOf(router.state.location.pathname) ?? '/' })
  }, [router])
  useBackButton(isTabRoot(path) ? null : back)
  return (
    <>
      <div aria-hidden className="fixed inset-x-0 top-0 z-20 h-[var(--inset-top)] bg-page" />
      <main className="mx-auto max-w-xl pt-[var(--inset-top)] pb-[calc(var(--tabs)+1rem)]">
        <Gate>
          <Outlet />
        </Gate>
      </main>
      <TabBar />
      <Toaster />
    </>
  )
}
