import type { Question } from './question.ts'

/** Stats that are asked by POST, their parameters in the body. */
const posted = ['retention', 'funnel', 'trend']

/** A question as the panel sends it. */
export interface StatRequest {
  path: string
  /** JSON; undefined for what is asked by GET. */
  body: string | undefined
}

export function requestOf({ stat, params }: Question): StatRequest {
  const path = `/api/stats/${stat}`
  if (posted.includes(stat)) return { path, body: JSON.stringify(params) }
  const query = new URLSearchParams()
  for (const [key, value] of Object.entries(params))
    query.set(key, typeof value === 'string' ? value : JSON.stringify(value))
  return { path: `${path}?${query}`, body: undefined }
}
