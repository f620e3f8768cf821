import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { edition, type Size } from '../dataset/size.ts'

const root = fileURLToPath(new URL('../../../data/bench', import.meta.url))
const repository = fileURLToPath(new URL('../../..', import.meta.url))

/** Where the databases of a size are kept between runs. */
export function folderOf(size: Size): string {
  const folder = join(root, size)
  mkdirSync(folder, { recursive: true })
  return folder
}

/** A name for the state of some sources: what was made by other sources is made anew. */
export function fingerprint(...paths: string[]): string {
  const hash = createHash('sha256').update(String(edition))
  for (const path of paths)
    for (const file of readdirSync(join(repository, path)).sort())
      if (/\.(ts|sql)$/.test(file) && !file.endsWith('.test.ts'))
        hash.update(file).update(readFileSync(join(repository, path, file)))
  return hash.digest('hex').slice(0, 16)
}

/** One thing that is made once and kept: it is whole when its mark says by what it was made. */
export class Kept {
  readonly path: string
  readonly #mark: string
  readonly #madeBy: string

  constructor(size: Size, name: string, madeBy: string) {
    this.path = join(folderOf(size), name)
    this.#mark = `${this.path}.made-by`
    this.#madeBy = madeBy
  }

  get isMade(): boolean {
    return existsSync(this.#mark) && readFileSync(this.#mark, 'utf8') === this.#madeBy
  }

  /** Removes what an earlier run left, whole or half. */
  clear(): void {
    for (const suffix of ['.made-by', '', '-wal', '-shm', '.wal'])
      rmSync(this.path + suffix, { recursive: true, force: true })
  }

  markMade(): void {
    writeFileSync(this.#mark, this.#madeBy)
  }
}
