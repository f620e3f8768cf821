import Database from 'better-sqlite3'
import { type Line, megabytes, rounded } from '../report.ts'
import { atLarge, type Part } from './part.ts'

/** Bytes of a file that hold something, and how many events are in it. */
function measure(path: string): { bytes: number; events: number } {
  const file = new Database(path, { readonly: true })
  const pragma = (name: string) => Number(file.pragma(name, { simple: true }))
  const bytes = (pragma('page_count') - pragma('freelist_count')) * pragma('page_size')
  const events = file.prepare<[], number>('select count(*) from events').pluck().get() ?? 0
  file.close()
  return { bytes, events }
}

/** Everything that is stored for the history, beside the first draft of the same. */
export const disk: Part = {
  name: 'disk',
  title: 'Disk',
  async run(stage): Promise<Line[]> {
    const ours = measure(stage.data.botdeck)
    const plain = measure(stage.data.plainSqlite)
    const ratio = ours.bytes / plain.bytes
    const each = ({ bytes, events }: typeof ours) => `${rounded(bytes / events)} B an event`
    return [
      {
        what: 'rows, indexes, cells and columns',
        goal: '≤ 0.65 × plain SQLite',
        measured: `${rounded(ratio)} ×: ${megabytes(ours.bytes)}, ${each(ours)}; plain ${megabytes(plain.bytes)}, ${each(plain)}`,
        ok: atLarge(stage, ratio <= 0.65),
      },
    ]
  },
}
