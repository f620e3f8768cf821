import { type ReactNode, useEffect, useRef } from 'react'

/** Says when its content comes into sight, a screen ahead. */
export function InView({ onSeen, children }: { onSeen: () => void; children: ReactNode }) {
  const ref = useRef<HTMLDivElement>(null)
  const seen = useRef(onSeen)
  seen.current = onSeen
  useEffect(() => {
    if (ref.current === null || typeof IntersectionObserver === 'undefined') return
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && seen.current(), {
      rootMargin: '600px',
    })
    observer.observe(ref.current)
    return () => observer.disconnect()
  }, [])
  return <div ref={ref}>{children}</div>
}
