import { DuckDBInstance } from '@duckdb/node-api'
import type { SqlEngine } from './engine.ts'

/** DuckDB on its own file, with a thread for each core. */
export async function openDuckdb(path: string): Promise<SqlEngine> {
  const instance = await DuckDBInstance.create(path, { access_mode: 'READ_ONLY' })
  const connection = await instance.connect()
  return {
    name: 'duckdb',
    dialect: { div: '//', least: 'least', prop: (key) => `json_extract_string(props, '$.${key}')` },
    rows: async (sql) => (await connection.runAndReadAll(sql)).getRows(),
    async close() {
      connection.closeSync()
      instance.closeSync()
    },
  }
}
