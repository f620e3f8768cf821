import {
  BarController,
  BarElement,
  CategoryScale,
  Chart as ChartJs,
  type ChartOptions,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
} from 'chart.js'
import { useMemo } from 'react'
import { Chart } from 'react-chartjs-2'
import type { Palette } from '../telegram/palette.ts'
import { usePalette } from '../telegram/theme.ts'
import { cursorPlugin } from './cursor.ts'
import { datasetsOf } from './datasets.ts'
import type { ChartData } from './series.ts'

ChartJs.register(
  BarController,
  BarElement,
  CategoryScale,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  cursorPlugin,
)

interface Props {
  data: ChartData
  /** A value on the axis, with few digits. */
  axis: (value: number) => string
  /** The point under the finger. */
  cursor: number | null
}

/** The drawing itself, on a canvas of its parent's size. What it shows is told in words by its card. */
export function CanvasChart({ data, axis, cursor }: Props) {
  const palette = usePalette()
  const drawn = useMemo(() => datasetsOf(data, palette), [data, palette])
  const options = useMemo(
    () => optionsOf({ palette, axis, cursor, bars: data.kind === 'bar' }),
    [palette, axis, cursor, data.kind],
  )
  return <Chart type={data.kind} data={drawn} options={options} aria-hidden />
}

interface Looks extends Pick<Props, 'axis' | 'cursor'> {
  palette: Palette
  bars: boolean
}

function optionsOf({ palette, axis, cursor, bars }: Looks) {
  const ticks = { color: palette.hint, font: { size: 11, family: 'system-ui, sans-serif' } }
  const options: ChartOptions<'bar' | 'line'> = {
    animation: false,
    responsive: true,
    maintainAspectRatio: false,
    events: [],
    layout: { padding: { top: 18, left: 16, right: 16, bottom: 4 } },
    plugins: { panelCursor: { index: cursor, color: palette.hint } },
    scales: {
      x: {
        border: { display: false },
        grid: { display: false },
        ticks: { ...ticks, maxTicksLimit: 5, maxRotation: 0, autoSkipPadding: 12, align: 'inner' },
      },
      y: {
        position: 'right',
        beginAtZero: true,
        border: { display: false },
        grid: { color: palette.line, drawTicks: false },
        ticks: {
          ...ticks,
          count: 3,
          // Bars would hide labels that lie inside.
          ...(bars ? { padding: 6 } : { mirror: true, padding: 0, labelOffset: -8 }),
          z: 1,
          // Zero is the line itself, and its label would lie under the last point.
          callback: (value) => (Number(value) === 0 && !bars ? '' : axis(Number(value))),
        },
      },
    },
  }
  return options
}
