import { cleanup } from '@testing-library/react'
import { afterEach, vi } from 'vitest'

// Nothing draws here. What a chart is given is tested as data, what it says as the words of its card.
vi.mock('../charts/canvas-chart.tsx', () => ({ CanvasChart: () => null }))

const page = typeof window === 'object'

afterEach(() => {
  if (!page) return
  cleanup()
  window.sessionStorage.clear()
  window.localStorage.clear()
})

if (page) {
  // The list of people lays itself out by the window; a window without height would hold no rows.
  Object.defineProperty(HTMLElement.prototype, 'offsetHeight', { configurable: true, get: () => 64 })
  window.scrollTo = () => undefined
}
