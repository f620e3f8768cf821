import { DuckDBInstance } from '@duckdb/node-api'
import { csvFile } from './csv.ts'
import { createTable } from './tables.ts'

/** The same history in a file of DuckDB, rows in order of arrival; it needs no indexes. */
export async function loadDuckdb(path: string, csvFolder: string): Promise<void> {
  const instance = await DuckDBInstance.create(path)
  const connection = await instance.connect()
  for (const table of ['users', 'payments', 'events'] as const) {
    await connection.run(createTable(table, 'bigint').replace(' primary key', ''))
    await connection.run(`copy ${table} from '${csvFile(csvFolder, table)}' (header false)`)
  }
  await connection.run('checkpoint')
  connection.closeSync()
  instance.closeSync()
}
