import { useQuery } from '@tanstack/react-query'
import { useApi } from '../../api/client.ts'
import { heatmapQuery, lifecycleQuery, sessionsQuery, trendQuery } from '../../api/queries.ts'
import { useFormats } from '../../components/panel.tsx'
import { useScope } from '../../components/scope.ts'
import { nothing } from '../../format/numbers.ts'
import { intervalOf, trendOf } from '../../url/trend.ts'
import { lineScope } from '../home/line-scope.ts'
import { StatEntry } from './stat-entry.tsx'

/** Everything that happens. */
export function TrendEntry() {
  const { number } = useFormats()
  const { scope } = useScope()
  const question = { ...scope, interval: intervalOf(scope) }
  const { data, isError } = useQuery(trendQuery(useApi(), question, trendOf({ count: 'events' })))
  const points = data?.points.map(({ value, complete }) => ({ value: value ?? 0, complete }))
  return (
    <StatEntry failed={isError} stat="trend" figure={data && number.short(data.total ?? 0)} points={points} />
  )
}

/** Who stayed, in the last period that is over. */
export function LifecycleEntry() {
  const { number } = useFormats()
  const scope = lineScope(useScope())
  const question = { ...scope, interval: intervalOf(scope) }
  const { data, isError } = useQuery(lifecycleQuery(useApi(), question))
  const points = data?.points.map(({ returning, complete }) => ({ value: returning, complete }))
  const last = data?.points.findLast(({ complete }) => complete)
  return (
    <StatEntry
      failed={isError}
      stat="lifecycle"
      figure={data && number.count(last?.returning ?? 0)}
      points={points}
    />
  )
}

/** Sessions of the range. */
export function SessionsEntry() {
  const { number } = useFormats()
  const { scope } = useScope()
  const question = { ...scope, interval: intervalOf(scope) }
  const { data, isError } = useQuery(sessionsQuery(useApi(), question))
  const points = data?.points.map(({ sessions, complete }) => ({ value: sessions, complete }))
  return (
    <StatEntry
      failed={isError}
      stat="sessions"
      figure={data && number.short(data.sessions)}
      points={points}
    />
  )
}

/** The two hours of the day in which most happens, whatever the weekday. */
export function HeatmapEntry() {
  const { scope } = useScope()
  const { data, isError } = useQuery(heatmapQuery(useApi(), scope))
  const pairs = data && Array.from({ length: 12 }, (_, pair) => eventsOf(data.cells, pair))
  const busiest = pairs?.indexOf(Math.max(...pairs))
  const figure = busiest === undefined ? undefined : `${busiest * 2}–${busiest * 2 + 2}`
  return (
    <StatEntry
      failed={isError}
      stat="heatmap"
      figure={data?.total === 0 ? nothing : figure}
      points={pairs?.map((value) => ({ value, complete: true }))}
      bars
    />
  )
}

function eventsOf(cells: readonly { hour: number; events: number }[], pair: number): number {
  return cells.reduce((sum, { hour, events }) => (hour >> 1 === pair ? sum + events : sum), 0)
}
