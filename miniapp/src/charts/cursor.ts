import type { Plugin } from 'chart.js'

declare module 'chart.js' {
  interface PluginOptionsByType<TType> {
    panelCursor: { index: number | null; color: string }
  }
}

/** The line under the finger. */
export const cursorPlugin: Plugin<'bar' | 'line', { index: number | null; color: string }> = {
  id: 'panelCursor',
  defaults: { index: null, color: '#888' },
  afterDatasetsDraw({ ctx, scales, chartArea }, _, { index, color }) {
    const { x } = scales
    if (index === null || x === undefined) return
    const at = x.getPixelForValue(index)
    ctx.save()
    ctx.strokeStyle = color
    ctx.setLineDash([3, 3])
    ctx.beginPath()
    ctx.moveTo(at, chartArea.top)
    ctx.lineTo(at, chartArea.bottom)
    ctx.stroke()
    ctx.restore()
  },
}
