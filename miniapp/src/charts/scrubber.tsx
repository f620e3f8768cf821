import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef } from 'react'
import { tick } from '../telegram/feel.ts'

interface Props {
  label: string
  points: number
  /** Bars stand in the middle of their share of the width; a line's ends lie at the edges. */
  bars: boolean
  index: number | null
  /** What the point says, for readers. */
  text: string
  onChange: (index: number | null) => void
  children: ReactNode
}

// The drawing's own margins, left and right.
const margin = 16

/** Finger, mouse or arrow keys choose a point of what is drawn inside; letting go clears the choice of a finger. */
export function Scrubber({ label, points, bars, index, text, onChange, children }: Props) {
  const last = useRef(index)
  const move = (next: number | null) => {
    if (next === last.current) return
    last.current = next
    if (next !== null) tick()
    onChange(next)
  }
  const follow = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    const share = (event.clientX - box.left - margin) / Math.max(1, box.width - 2 * margin)
    const next = bars ? Math.floor(share * points) : Math.round(share * (points - 1))
    move(Math.min(points - 1, Math.max(0, next)))
  }
  const step = (event: KeyboardEvent) => {
    const from = index ?? points
    const to = { ArrowLeft: from - 1, ArrowRight: from + 1, Home: 0, End: points - 1 }[event.key]
    if (event.key === 'Escape') move(null)
    if (to === undefined) return
    event.preventDefault()
    move(Math.min(points - 1, Math.max(0, to)))
  }
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={Math.max(0, points - 1)}
      aria-valuenow={index ?? Math.max(0, points - 1)}
      aria-valuetext={text}
      className="h-50 touch-pan-y select-none focus-visible:-outline-offset-2"
      onPointerDown={follow}
      onPointerMove={(event) => (event.pointerType === 'mouse' || event.buttons > 0) && follow(event)}
      onPointerUp={(event) => event.pointerType !== 'mouse' && move(null)}
      onPointerCancel={() => move(null)}
      onPointerLeave={() => move(null)}
      onKeyDown={step}
      onBlur={() => move(null)}
    >
      {children}
    </div>
  )
}
