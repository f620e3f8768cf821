import type { Overview } from '@botdeck/shared/contract/stats/overview'
import type { Packages } from '@botdeck/shared/contract/stats/packages'
import { useTranslation } from 'react-i18next'
import { rangeQuery } from '../../api/scope.ts'
import { Change } from '../../components/change.tsx'
import { useFormats } from '../../components/panel.tsx'
import { useScope } from '../../components/scope.ts'
import { Section } from '../../components/section.tsx'
import { Skeleton, SkeletonRows } from '../../components/skeleton.tsx'
import { StatTile, StatTileSkeleton, Tiles } from '../../components/stat-tile.tsx'

interface Props {
  total: Packages['total']
  /** For the comparison; undefined while it loads. */
  overview: Overview | undefined
}

/** The range's money over all packages: net with its change, and where it came from. */
export function MoneyHead({ total, overview }: Props) {
  const { t } = useTranslation()
  const { number } = useFormats()
  const { scope } = useScope()
  const average = { ...total.gross, amount: total.gross.amount / Math.max(1, total.purchases) }
  const people = (cell: string) => ({ stat: 'packages' as const, q: { ...rangeQuery(scope), cell } })
  return (
    <>
      <div className="px-8 pt-1 pb-4 max-[359px]:px-7">
        <p className="text-hint text-label">{t('money.net')}</p>
        <p className="truncate font-semibold text-hero">{number.money(total.net)}</p>
        <p className="h-4.5 text-label">
          {overview && <Change now={overview.current.net.amount} before={overview.previous?.net.amount} />}
        </p>
      </div>
      <Tiles>
        <StatTile
          label={t('money.gross')}
          value={number.money(total.gross)}
          {...(total.purchases > 0
            ? { note: t('money.average', { money: number.shortMoney(average) }) }
            : {})}
          people={people('purchases')}
        />
        <StatTile label={t('money.refunds')} value={number.money(total.refunds)} people={people('refunds')} />
        <StatTile
          label={t('money.purchases')}
          value={number.count(total.purchases)}
          note={t('money.invoicesShort', { rate: number.rate(total.purchaseRate, 0) })}
          people={people('purchases')}
        />
        <StatTile
          label={t('money.buyers')}
          value={number.count(total.buyers)}
          note={t('money.firstTimeShort', { buyers: number.count(total.firstTimeBuyers) })}
          people={people('buyers')}
        />
      </Tiles>
    </>
  )
}

/** The page in grey, of its final size. */
export function MoneySkeleton() {
  return (
    <>
      <div className="px-8 pt-1 pb-4">
        <Skeleton className="h-4 w-24" />
        <Skeleton className="my-1 h-8 w-44" />
        <Skeleton className="h-4 w-16" />
      </div>
      <Tiles>
        <StatTileSkeleton line={false} />
        <StatTileSkeleton line={false} />
        <StatTileSkeleton line={false} />
        <StatTileSkeleton line={false} />
      </Tiles>
      <Section title={<Skeleton className="h-4 w-20" />}>
        <SkeletonRows count={4} />
      </Section>
    </>
  )
}
