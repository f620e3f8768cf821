import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { Scope } from '../api/scope.ts'
import type { Loose } from '../url/loose.ts'
import { parseShared, type Range, resolveRange, type SharedSearch } from '../url/range.ts'
import { usePanel } from './panel.tsx'

export interface ScopeState {
  range: Range
  scope: Scope
}

/** Range and filters of an address, on the day `today` of the reporting zone. */
export function scopeOf(raw: Record<string, unknown>, today: string): ScopeState {
  const search = parseShared(raw)
  const range = resolveRange(search, today)
  const { where = [], staff = false } = search
  return { range, scope: { from: range.from, to: range.to, where, staff } }
}

/** Range and filters of the address, on the installation's calendar. */
export function useScope(): ScopeState {
  const { today } = usePanel()
  const raw: Record<string, unknown> = useSearch({ strict: false })
  return useMemo(() => scopeOf(raw, today), [raw, today])
}

/** Changes the shared part of the address in place; `undefined` takes a part away. */
export function useChangeShared(): (change: Loose<SharedSearch>) => void {
  const navigate = useNavigate()
  return (change) => {
    void navigate({
      to: '.',
      search: (before) => ({ ...before, ...change }),
      replace: true,
      resetScroll: false,
    })
  }
}
