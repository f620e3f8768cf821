/** The stats whose figures open as people, each with the method of its `…/people`. */
export const peopleStats = {
  overview: 'get',
  activity: 'get',
  cohorts: 'get',
  packages: 'get',
  retention: 'post',
  funnel: 'post',
  trend: 'post',
  lifecycle: 'post',
  sessions: 'post',
  heatmap: 'get',
  now: 'get',
  changes: 'get',
} as const

export type PeopleStat = keyof typeof peopleStats

/** The people behind one figure: the stat, and what its `…/people` takes (the stat's own question and the cell). */
export interface PeopleSearch {
  stat: PeopleStat
  q: Record<string, unknown>
}

function isStat(text: unknown): text is PeopleStat {
  return typeof text === 'string' && Object.hasOwn(peopleStats, text)
}

/** The question of an address; null where it names no stat. The server judges what is inside. */
export function parsePeople(raw: Record<string, unknown>): PeopleSearch | null {
  const { stat, q } = raw
  if (!isStat(stat) || typeof q !== 'object' || q === null || Array.isArray(q)) return null
  return { stat, q: { ...q } }
}
