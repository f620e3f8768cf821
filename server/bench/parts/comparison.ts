import { openBotdeck } from '../engines/botdeck.ts'
import { openDuckdb } from '../engines/duckdb.ts'
import type { EngineName, SqlEngine } from '../engines/engine.ts'
import { openPlainPostgres } from '../engines/postgres.ts'
import { startPostgres } from '../engines/postgres-server.ts'
import { openPlainSqlite } from '../engines/sqlite.ts'
import { type Figures, figuresText, type Question } from '../questions/question.ts'
import { type Line, milliseconds, rounded } from '../report.ts'
import { type Contenders, takeTurns } from '../timing.ts'
import { atLarge, type Stage } from './part.ts'

/** What a question must reach; times and ratios to other engines are goals for the large data set. */
export interface Goals {
  faster?: Partial<Record<EngineName, number>>
  ms: number
  /** At most so many times its own time on the small data set. */
  growth?: number
}

const engineTitles = { duckdb: 'DuckDB', postgres: 'PostgreSQL', sqlite: 'plain SQLite' }
const ours = 'botdeck'
const small = 'small'

/** Opens the engines named; the address of PostgreSQL is that of a server started for as long as it is open. */
async function openEngines({ data, without }: Stage, all: readonly EngineName[]): Promise<SqlEngine[]> {
  const names = all.filter((name) => !without.includes(name))
  const engines: SqlEngine[] = []
  if (names.includes('duckdb')) engines.push(await openDuckdb(data.duckdb))
  if (names.includes('sqlite')) engines.push(openPlainSqlite(data.plainSqlite))
  if (names.includes('postgres')) {
    const server = await startPostgres(data.postgres)
    const engine = openPlainPostgres(server.url)
    const close = () => engine.close().then(() => server.stop())
    engines.push({ ...engine, close })
  }
  return engines
}

async function rowsOf({ rows, dialect }: SqlEngine, { sql }: Question): Promise<Figures> {
  const all: unknown[][] = []
  for (const statement of sql(dialect)) all.push(...(await rows(statement)))
  return all
}

function goalText({ faster = {}, ms, growth }: Goals): string {
  const parts = Object.entries(faster).map(
    ([name, times]) => `≥ ${times} × ${engineTitles[name as EngineName]}`,
  )
  parts.push(`≤ ${milliseconds(ms).replace('.00', '')}`)
  if (growth !== undefined) parts.push(`≤ ${growth} × at S`)
  return parts.join(', ')
}

function judge(stage: Stage, { title }: Question, goals: Goals, times: Map<string, number>): Line {
  const mine = times.get(ours) ?? Number.NaN
  const shown = [milliseconds(mine)]
  let met = mine <= goals.ms
  for (const [name, title] of Object.entries(engineTitles)) {
    const theirs = times.get(name)
    if (theirs === undefined) continue
    shown.push(`${rounded(theirs / mine)} × ${title} (${milliseconds(theirs)})`)
    const wanted = goals.faster?.[name as EngineName]
    if (wanted !== undefined && theirs / mine < wanted) met = false
  }
  const before = times.get(small)
  if (before !== undefined) shown.push(`${rounded(mine / before)} × at S`)
  if (before !== undefined && goals.growth !== undefined && mine > before * goals.growth) met = false
  return { what: title, goal: goalText(goals), measured: shown.join(', '), ok: atLarge(stage, met) }
}

/** Who answered otherwise than ours did; nobody where all is well. */
function dissenters(question: Question, answers: Map<string, string | Figures>): string[] {
  const textOf = (answer: string | Figures) =>
    figuresText(typeof answer === 'string' ? question.figures(JSON.parse(answer)) : answer)
  const expected = textOf(answers.get(ours) ?? '')
  return [...answers]
    .filter(([name, answer]) => name !== small && textOf(answer) !== expected)
    .map(([name]) => name)
}

/** Asks every question of all engines: first that they answer alike, then how long each takes. */
export async function compare(
  stage: Stage,
  parts: {
    questions: readonly Question[]
    engines: readonly EngineName[]
    goals: (question: Question) => Goals
  },
): Promise<Line[]> {
  const botdeck = openBotdeck(stage.data.botdeck)
  const before = stage.small && openBotdeck(stage.small.botdeck)
  const engines = await openEngines(stage, parts.engines)
  const lines: Line[] = []
  for (const question of parts.questions) {
    const { stat, params } = question
    const goals = parts.goals(question)
    const contenders: Contenders<string | Figures> = { [ours]: () => botdeck.ask(stat, params) }
    if (before && goals.growth !== undefined) contenders[small] = () => before.ask(stat, params)
    for (const engine of engines) contenders[engine.name] = () => rowsOf(engine, question)
    let otherwise: string[] = []
    const times = await takeTurns(contenders, (answers) => {
      otherwise = dissenters(question, answers)
    })
    const line = judge(stage, question, goals, times)
    if (otherwise.length > 0)
      lines.push({ ...line, measured: `ANSWERS DIFFER: ${otherwise.join(', ')}`, ok: false })
    else lines.push(line)
  }
  for (const engine of engines) await engine.close()
  await botdeck.close()
  await before?.close()
  return lines
}
