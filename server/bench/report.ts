/** One row of the report. `ok` is null where the size at hand has no such goal. */
export interface Line {
  what: string
  goal: string
  measured: string
  ok: boolean | null
}

/** Rows that belong together, shown as soon as they are measured. */
export interface Section {
  title: string
  lines: Line[]
}

export function milliseconds(ms: number): string {
  if (ms < 10) return `${ms.toFixed(2)} ms`
  return ms < 10_000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`
}

/** A ratio or rate to two or three digits. */
export function rounded(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en')
  return value >= 10 ? value.toFixed(1) : value.toFixed(2)
}

export function megabytes(bytes: number): string {
  return `${rounded(bytes / 1e6)} MB`
}

const verdicts = { true: 'ok', false: 'NOT OK', null: '–' }

/** A section as a Markdown table, padded so that a terminal shows it in columns. */
export function sectionText({ title, lines }: Section): string {
  const rows = [
    ['what', 'goal', 'measured', ''],
    ...lines.map(({ what, goal, measured, ok }) => [what, goal, measured, verdicts[`${ok}`]]),
  ]
  const widths = [0, 1, 2, 3].map((column) => Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)))
  const shown = rows.map(
    (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`,
  )
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`
  return [`\n### ${title}\n`, shown[0], rule, ...shown.slice(1)].join('\n')
}
