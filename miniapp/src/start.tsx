import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ApiProvider, createApi } from './api/client.ts'
import { panelQuery } from './api/queries.ts'
import { createQueryClient } from './api/query-client.ts'
import { Refused } from './components/refused.tsx'
import { startTexts } from './i18n/start.ts'
import { createPanelRouter } from './router.tsx'
import { startTelegram } from './telegram/start.ts'

async function start(): Promise<void> {
  const root = document.getElementById('root')
  if (root === null) throw new Error('index.html has no #root')
  if (import.meta.env.VITE_MOCK) await (await import('./telegram/mock.ts')).mockTelegram()
  const launch = startTelegram()
  if (launch.state !== 'ready') {
    await startTexts(navigator.language)
    createRoot(root).render(<Refused why={launch.state} />)
    return
  }
  const api = createApi(launch.initData)
  const queryClient = createQueryClient()
  // The session and the panel are asked for while the rest of the code and the texts arrive.
  void queryClient.prefetchQuery(panelQuery(api))
  await startTexts(launch.language)
  const router = createPanelRouter({ api, queryClient })
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <ApiProvider value={api}>
          <RouterProvider router={router} />
        </ApiProvider>
      </QueryClientProvider>
    </StrictMode>,
  )
}

void start()
