/** Where the dialects differ for the questions asked here. */
export interface Dialect {
  /** Division of integers that drops the rest. */
  div: string
  /** The smaller of two values. */
  least: string
  /** A property of an event as text. */
  prop: (key: string) => string
}

export type EngineName = 'duckdb' | 'postgres' | 'sqlite'

/** A database that Botdeck is compared with: asked by plain SQL, answers rows of values. */
export interface SqlEngine {
  readonly name: EngineName
  readonly dialect: Dialect
  rows(sql: string): Promise<unknown[][]>
  close(): Promise<void>
}
