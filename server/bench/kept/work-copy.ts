import { constants, copyFileSync, existsSync, rmSync } from 'node:fs'

/** A copy of one of our databases to write into, and how to be rid of it. */
export interface WorkCopy {
  path: string
  remove(): void
}

/** Copies a database that nobody writes to. */
export function workCopy(path: string, name: string): WorkCopy {
  const copy = `${path}.${name}`
  const remove = () => {
    for (const suffix of ['', '-wal', '-shm']) rmSync(copy + suffix, { force: true })
  }
  remove()
  for (const suffix of ['', '-wal'])
    if (existsSync(path + suffix)) copyFileSync(path + suffix, copy + suffix, constants.COPYFILE_FICLONE)
  return { path: copy, remove }
}
