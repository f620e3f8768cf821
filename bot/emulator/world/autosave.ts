import { discardFiles, mirrorFiles, restoreState, stateText, writeState } from './state-file.ts'
import type { World } from './world.ts'

const EVERY_MS = 1_000
/** A save of a large world takes time of the only thread; it may take a twentieth of it. */
const SHARE = 20

/**
 * Takes up the world saved at `path` and keeps it saved: at most once a second, less often when saving is slow,
 * and once more when stopped. Answers a function that stops it.
 */
export function autosave(world: World, path: string, log: (line: string) => void): () => void {
  if (!restoreState(world, path)) discardFiles(path)
  mirrorFiles(world, path, log)
  let timer: NodeJS.Timeout
  let saved = ''
  const write = () => {
    const text = stateText(world)
    if (text !== saved) writeState(path, text)
    saved = text
  }
  const save = () => {
    const startedAt = performance.now()
    try {
      write()
    } catch (error) {
      log(`state not saved: ${error instanceof Error ? error.message : String(error)}`)
    }
    schedule(Math.max(EVERY_MS, (performance.now() - startedAt) * SHARE))
  }
  const schedule = (ms: number) => {
    timer = setTimeout(save, ms)
    timer.unref()
  }
  schedule(EVERY_MS)
  return () => {
    clearTimeout(timer)
    write()
  }
}
