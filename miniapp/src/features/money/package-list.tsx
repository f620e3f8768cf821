import type { Packages } from '@botdeck/shared/contract/stats/packages'
import { PackageOpen } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { rangeQuery } from '../../api/scope.ts'
import { Cell, CellBody, cellClass } from '../../components/cell.tsx'
import { useFormats } from '../../components/panel.tsx'
import { PeopleLink } from '../../components/people-link.tsx'
import { useScope } from '../../components/scope.ts'
import { Section } from '../../components/section.tsx'
import { Sheet } from '../../components/sheet.tsx'
import { Notice } from '../../components/states.tsx'
import { categoryColor } from './category-color.ts'

type Package = Packages['packages'][number]

/** What sells: packages by their net, each with its share; a tap shows all of its figures. */
export function PackageList({ packages }: { packages: readonly Package[] }) {
  const { t } = useTranslation()
  const nameOf = usePackageName()
  const [open, setOpen] = useState<Package | null>(null)
  const [shown, setShown] = useState<Package | null>(null)
  const sorted = [...packages].sort((a, b) => b.net.amount - a.net.amount || b.invoices - a.invoices)
  const names = packages.map(({ packageId }) => packageId)
  if (packages.length === 0)
    return <Notice icon={PackageOpen} title={t('money.emptyTitle')} text={t('money.empty')} />
  return (
    <Section title={t('money.packages')}>
      {sorted.map((one) => (
        <PackageRow
          key={one.packageId}
          one={one}
          color={categoryColor(one.packageId, names)}
          onOpen={() => {
            setOpen(one)
            setShown(one)
          }}
        />
      ))}
      <Sheet open={open !== null} title={shown ? nameOf(shown) : ''} onClose={() => setOpen(null)}>
        {shown && <PackageFigures one={shown} />}
      </Sheet>
    </Section>
  )
}

interface RowProps {
  one: Package
  color: string
  onOpen: () => void
}

/** What a package is called in the language of the panel. */
function usePackageName(): (one: Package) => string {
  const { i18n } = useTranslation()
  return ({ names }) => (i18n.language === 'ru' ? names.ru : names.en)
}

function PackageRow({ one, color, onOpen }: RowProps) {
  const { t } = useTranslation()
  const nameOf = usePackageName()
  const { number } = useFormats()
  const sold = `${t('money.purchases')}: ${number.count(one.purchases)} · ${t('money.buyers')}: ${number.count(one.buyers)}`
  return (
    <button
      type="button"
      onClick={onOpen}
      aria-haspopup="dialog"
      className="block w-full px-4 py-2.5 text-left not-last:shadow-[inset_0_-1px_0_var(--color-line)] active:bg-fill"
    >
      <span className="flex items-baseline gap-3">
        <span className="min-w-0 flex-1 truncate">{nameOf(one)}</span>
        <span className="shrink-0 font-semibold">{number.money(one.net)}</span>
      </span>
      <span className="flex gap-3 text-hint text-label">
        <span className="min-w-0 flex-1 truncate">{sold}</span>
        <span>{number.rate(one.share, 0)}</span>
      </span>
      <span aria-hidden className="mt-1.5 block h-1.5 overflow-hidden rounded-full bg-fill">
        <span
          className="block h-full rounded-full"
          style={{ width: `${Math.max(0, one.share ?? 0) * 100}%`, backgroundColor: color }}
        />
      </span>
    </button>
  )
}

function PackageFigures({ one }: { one: Package }) {
  const { t } = useTranslation()
  const { number } = useFormats()
  const { scope } = useScope()
  const q = { ...rangeQuery(scope), packageId: one.packageId }
  const credits = one.credits === null ? undefined : t('money.credits', { count: one.credits })
  const counted = [
    { cell: 'invoices', value: number.count(one.invoices), any: one.invoices > 0 },
    { cell: 'purchases', value: number.count(one.purchases), any: one.purchases > 0 },
    { cell: 'buyers', value: number.count(one.buyers), any: one.buyers > 0 },
    { cell: 'firstTimeBuyers', value: number.count(one.firstTimeBuyers), any: one.firstTimeBuyers > 0 },
    { cell: 'refunds', value: number.money(one.refunds), any: one.refunds.amount > 0 },
  ] as const
  return (
    <>
      <Section>
        {counted.map(({ cell, value, any }) =>
          any ? (
            <PeopleLink key={cell} stat="packages" q={{ ...q, cell }} className={cellClass}>
              <CellBody title={t(`money.${cell}`)} value={value} chevron />
            </PeopleLink>
          ) : (
            <Cell key={cell} title={t(`money.${cell}`)} value={value} />
          ),
        )}
      </Section>
      <Section>
        <Cell title={t('money.purchaseRate')} value={number.rate(one.purchaseRate)} />
        <Cell title={t('money.gross')} value={number.money(one.gross)} />
        <Cell title={t('money.net')} value={number.money(one.net)} />
        <Cell title={t('money.share')} value={number.rate(one.share)} />
        <Cell
          title={t('money.price')}
          {...(credits ? { subtitle: credits } : {})}
          value={one.price ? number.money(one.price) : t('money.noPrice')}
        />
      </Section>
    </>
  )
}
