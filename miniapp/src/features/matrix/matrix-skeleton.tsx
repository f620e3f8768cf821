import { Section } from '../../components/section.tsx'
import { Skeleton } from '../../components/skeleton.tsx'

/** A chart and a matrix in grey, of their final size. */
export function MatrixSkeleton({ chart = true }: { chart?: boolean }) {
  return (
    <>
      {chart && (
        <Section title={<Skeleton className="h-4 w-32" />}>
          <div className="h-64 p-4">
            <Skeleton className="h-full w-full" />
          </div>
        </Section>
      )}
      <Section title={<Skeleton className="h-4 w-24" />}>
        <div className="space-y-1 p-4">
          {['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((key) => (
            <Skeleton key={key} className="h-7 w-full" />
          ))}
        </div>
      </Section>
    </>
  )
}
