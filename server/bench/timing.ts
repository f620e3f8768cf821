/** Work whose time is taken, by the name of who does it. */
export type Contenders<T> = Record<string, () => Promise<T>>

const mostRepeats = 15

/** How often somebody is asked who answered in so many ms before: more would say no more. */
function repeatsOf(ms: number): number {
  if (ms > 20_000) return 1
  if (ms > 4000) return 3
  return ms > 100 ? 5 : mostRepeats
}

/** Servers and databases are asked all day: who answers quickly is asked for so long (ms) before times are taken. */
const warmUpMs = 300

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2
}

/** The value below which a share of all values lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/** What work answers, and how long it took in ms. */
export async function timed<T>(work: () => Promise<T>): Promise<{ answer: T; ms: number }> {
  const start = performance.now()
  const answer = await work()
  return { answer, ms: performance.now() - start }
}

/**
 * Medians in ms, the contenders taking turns so that what slows the machine slows all. `check` sees what each answered
 * in the warm-up, before any time is taken.
 */
export async function takeTurns<T>(
  contenders: Contenders<T>,
  check: (answers: Map<string, T>) => void = () => {},
): Promise<Map<string, number>> {
  const turns: { name: string; work: () => Promise<T>; most: number; times: number[] }[] = []
  const answers = new Map<string, T>()
  for (const [name, work] of Object.entries(contenders)) {
    const begun = performance.now()
    let last = await timed(work)
    answers.set(name, last.answer)
    while (performance.now() - begun < warmUpMs) last = await timed(work)
    turns.push({ name, work, most: repeatsOf(last.ms), times: [] })
  }
  check(answers)
  for (let round = 0; round < mostRepeats; round++)
    for (const { work, most, times } of turns) if (round < most) times.push((await timed(work)).ms)
  return new Map(turns.map(({ name, times }) => [name, median(times)]))
}
