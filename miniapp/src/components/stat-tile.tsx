import type { ReactNode } from 'react'
import type { PeopleSearch } from '../url/people.ts'
import { PeopleLink } from './people-link.tsx'
import { Skeleton } from './skeleton.tsx'
import { Sparkline, type SparkPoint } from './sparkline.tsx'

interface Props {
  label: string
  value: string
  change?: ReactNode
  note?: ReactNode
  points?: readonly SparkPoint[] | undefined
  people: PeopleSearch
  /** Three in a row: smaller type. */
  narrow?: boolean
}

const frame = 'flex min-w-0 flex-col rounded-group bg-card px-3.5 pt-2.5 pb-3 in-data-narrow:px-2.5'
// More characters than this do not fit beside another tile on the narrowest phone.
const longValue = 8

/** A number with its change and its line; a tap opens the people behind it. */
export function StatTile({ label, value, change, note, points, people, narrow = false }: Props) {
  return (
    <PeopleLink {...people} className={`${frame} active:bg-fill`}>
      <span className="truncate text-hint text-label">{label}</span>
      <span
        className={`truncate font-semibold leading-7 ${narrow || value.length > longValue ? 'text-body' : 'text-title'}`}
      >
        {value}
      </span>
      <span className="flex h-5 items-center gap-2 text-label">
        {change}
        {note !== undefined && <span className="min-w-0 truncate text-hint">{note}</span>}
      </span>
      {points !== undefined && (
        <span className="mt-1 block h-7">{points.length > 1 && <Sparkline points={points} />}</span>
      )}
    </PeopleLink>
  )
}

/** A tile that is being loaded. */
export function StatTileSkeleton({ line = true }: { line?: boolean }) {
  return (
    <div className={frame}>
      <Skeleton className="my-0.5 h-3.5 w-1/2" />
      <Skeleton className="my-1 h-5 w-3/4" />
      <Skeleton className="my-1 h-3 w-1/3" />
      {line && <Skeleton className="mt-1 h-7 w-full" />}
    </div>
  )
}

/** Tiles, two beside each other (three where `narrow`). */
export function Tiles({ narrow = false, children }: { narrow?: boolean; children: ReactNode }) {
  return (
    <div
      data-narrow={narrow || undefined}
      className={`mx-4 mb-5 grid gap-2 max-[359px]:mx-3 ${narrow ? 'grid-cols-3' : 'grid-cols-2 md:grid-cols-3'}`}
    >
      {children}
    </div>
  )
}
