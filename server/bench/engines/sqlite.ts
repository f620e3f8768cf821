import Database from 'better-sqlite3'
import type { SqlEngine } from './engine.ts'

/** SQLite as one would first write it, with as much memory as it likes. */
export function openPlainSqlite(path: string): SqlEngine {
  const file = new Database(path, { readonly: true })
  for (const setting of ['cache_size = -500000', 'mmap_size = 8000000000', 'temp_store = MEMORY'])
    file.pragma(setting)
  return {
    name: 'sqlite',
    dialect: { div: '/', least: 'min', prop: (key) => `json_extract(props, '$.${key}')` },
    rows: async (sql) => file.prepare<[], unknown[]>(sql).raw().all(),
    async close() {
      file.close()
    },
  }
}
