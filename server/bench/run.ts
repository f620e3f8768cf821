import { cpus, totalmem } from 'node:os'
import type { Size } from './dataset/size.ts'
import type { EngineName } from './engines/engine.ts'
import { prepareDataSet } from './kept/data-set.ts'
import { defaultStats } from './parts/default-stats.ts'
import { disk } from './parts/disk.ts'
import { filteredStats } from './parts/filtered-stats.ts'
import { funnels } from './parts/funnels.ts'
import { http } from './parts/http.ts'
import { ingest } from './parts/ingest.ts'
import { mainThread } from './parts/main-thread.ts'
import type { Part, Stage } from './parts/part.ts'
import { reading } from './parts/reading.ts'
import { rebuilding } from './parts/rebuilding.ts'
import { type Section, sectionText } from './report.ts'

/** Every part in the order in which it runs; those that write come last, on a copy of the data. */
export const parts: readonly Part[] = [
  defaultStats,
  filteredStats,
  funnels,
  mainThread,
  disk,
  http,
  rebuilding,
  reading,
  ingest,
]

/** What is run, and how. */
export interface BenchOptions {
  size: Size
  /** Names of parts; all where there are none. */
  only: readonly string[]
  without: readonly EngineName[]
}

async function stageOf({ size, without }: BenchOptions): Promise<Stage> {
  const isLarge = size === 'L'
  const small = isLarge ? await prepareDataSet('S') : undefined
  return { small, data: await prepareDataSet(size), isLarge, without }
}

function machine(): string {
  const [cpu] = cpus()
  return `${cpus().length} × ${cpu?.model.trim() ?? 'CPU'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`
}

/** Runs the parts named, or all, and prints each as it is done. @returns whether no answer or goal was missed */
export async function runBench(options: BenchOptions): Promise<boolean> {
  const { size, only } = options
  const stage = await stageOf(options)
  const say = (text: string) => process.stdout.write(`${text}\n`)
  say(`Size ${size}, ${new Date().toISOString().slice(0, 10)}, ${machine()}`)
  const sections: Section[] = []
  for (const part of parts) {
    if (only.length > 0 && !only.includes(part.name)) continue
    process.stderr.write(`${part.title} …\n`)
    const section = { title: part.title, lines: await part.run(stage) }
    sections.push(section)
    say(sectionText(section))
  }
  const missed = sections.flatMap(({ lines }) => lines).filter(({ ok }) => ok === false)
  if (!stage.isLarge) say('\nGoals are those of size L; here they judge nothing.')
  else say(missed.length === 0 ? '\nEvery goal is met.' : `\n${missed.length} goals are missed.`)
  return missed.length === 0
}
