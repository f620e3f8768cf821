import { useQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { Filter, Pencil } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../api/client.ts'
import { prefetch } from '../api/prefetch.ts'
import { funnelQuery } from '../api/queries.ts'
import { Button } from '../components/button.tsx'
import { Help } from '../components/help.tsx'
import { Loaded } from '../components/loaded.tsx'
import { Page } from '../components/page.tsx'
import { RangeBar } from '../components/range-bar.tsx'
import { scopeOf, useScope } from '../components/scope.ts'
import { Notice } from '../components/states.tsx'
import { FunnelBars } from '../features/funnel/funnel-bars.tsx'
import { FunnelHead, FunnelSkeleton } from '../features/funnel/funnel-head.tsx'
import { OpenPeople } from '../features/funnel/open-people.tsx'
import { useStepName } from '../features/steps/event-name.ts'
import { type FunnelSearch, funnelOf, parseFunnel } from '../url/funnel.ts'
import type { Loose } from '../url/loose.ts'

const FunnelEditor = lazy(() =>
  import('../features/funnel/funnel-editor.tsx').then((file) => ({ default: file.FunnelEditor })),
)

export const Route = createFileRoute('/funnel')({
  validateSearch: (raw: Record<string, unknown>): Loose<FunnelSearch> => parseFunnel(raw),
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) =>
    prefetch(context, ({ today }) => [
      context.queryClient.ensureQueryData(
        funnelQuery(context.api, scopeOf({ ...deps }, today).scope, funnelOf(parseFunnel({ ...deps }))),
      ),
    ]),
  component: FunnelPage,
})

function FunnelPage() {
  const { t } = useTranslation()
  const stepName = useStepName()
  const definition = funnelOf(parseFunnel({ ...Route.useSearch() }))
  const { scope } = useScope()
  const query = useQuery(funnelQuery(useApi(), scope, definition))
  const [editing, setEditing] = useState(false)
  const [opened, setOpened] = useState(false)
  const edit = (
    <span className="flex items-center">
      <Button
        look="link"
        className="px-2"
        onClick={() => {
          setOpened(true)
          setEditing(true)
        }}
      >
        <Pencil size={17} aria-hidden />
        <span className="max-[359px]:sr-only">{t('funnel.edit')}</span>
      </Button>
      <Help texts={[{ title: t('funnel.title'), text: t('funnel.help') }]} />
    </span>
  )
  return (
    <Page title={t('funnel.title')} bar={<RangeBar />} action={edit}>
      <Loaded query={query} skeleton={<FunnelSkeleton steps={definition.steps.length} />}>
        {(funnel) =>
          funnel.steps[0]?.users ? (
            <>
              <FunnelHead funnel={funnel} window={definition.window} />
              <FunnelBars funnel={funnel} definition={definition} />
              <OpenPeople funnel={funnel} definition={definition} />
            </>
          ) : (
            <Notice
              icon={Filter}
              title={t('funnel.emptyTitle')}
              text={t('funnel.empty', { step: stepName(definition.steps[0] ?? { event: null }) })}
            >
              <Button
                look="main"
                className="mt-2"
                onClick={() => {
                  setOpened(true)
                  setEditing(true)
                }}
              >
                {t('funnel.edit')}
              </Button>
            </Notice>
          )
        }
      </Loaded>
      {opened && (
        <Suspense>
          <FunnelEditor open={editing} definition={definition} onClose={() => setEditing(false)} />
        </Suspense>
      )}
    </Page>
  )
}
