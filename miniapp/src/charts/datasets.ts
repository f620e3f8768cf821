import type { ChartDataset, ChartData as Drawn } from 'chart.js'
import { mix } from '../telegram/contrast.ts'
import type { Palette } from '../telegram/palette.ts'
import type { ChartData, Series } from './series.ts'

const dash = [4, 4]

function lineOf(series: Series, until: number, palette: Palette): ChartDataset<'line', (number | null)[]> {
  const last = series.values.findLastIndex((value) => value !== null)
  const color = series.faint ? mix(series.color, palette.card, 0.28) : series.color
  return {
    type: 'line',
    label: series.name,
    data: [...series.values],
    borderColor: color,
    backgroundColor: color,
    borderWidth: series.bold ? 3 : series.faint ? 1 : 2,
    borderJoinStyle: 'round',
    pointRadius: ({ dataIndex }) => (dataIndex === last && !series.faint ? 3.5 : 0),
    // Leads into a point that may still grow.
    segment: { borderDash: ({ p1DataIndex }) => (p1DataIndex >= until ? dash : undefined) },
    order: series.bold ? 0 : series.faint ? 2 : 1,
  }
}

function barOf(series: Series, until: number, palette: Palette): ChartDataset<'bar', (number | null)[]> {
  const hatch = hatching(series.color, palette.card)
  return {
    type: 'bar',
    label: series.name,
    data: [...series.values],
    backgroundColor: ({ dataIndex }) => (dataIndex >= until ? hatch : series.color),
    borderRadius: 3,
    barPercentage: 0.9,
    categoryPercentage: 0.86,
  }
}

/** A fill of slanted stripes for what is not over; the plain mixture of both where canvases are missing. */
function hatching(color: string, background: string): CanvasPattern | string {
  const tile = document.createElement('canvas')
  tile.width = 6
  tile.height = 6
  const ctx = tile.getContext('2d')
  if (ctx === null) return mix(color, background, 0.5)
  ctx.fillStyle = mix(color, background, 0.25)
  ctx.fillRect(0, 0, 6, 6)
  ctx.strokeStyle = color
  ctx.lineWidth = 1.6
  ctx.beginPath()
  for (const x of [-6, 0, 6]) {
    ctx.moveTo(x, 6)
    ctx.lineTo(x + 6, 0)
  }
  ctx.stroke()
  return ctx.createPattern(tile, 'repeat') ?? color
}

type Datasets = Drawn<'bar' | 'line', (number | null)[], string>['datasets']

/** The chart's data as chart.js takes it, in the colours of the theme. */
export function datasetsOf(
  data: ChartData,
  palette: Palette,
): Drawn<'bar' | 'line', (number | null)[], string> {
  const { kind, series, completeUntil } = data
  const datasets: Datasets = series.map((one) =>
    kind === 'bar' ? barOf(one, completeUntil, palette) : lineOf(one, completeUntil, palette),
  )
  return { labels: [...data.labels], datasets }
}
