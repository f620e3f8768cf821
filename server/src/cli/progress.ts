import { SingleBar } from 'cli-progress'

/** Shows how far long work is: a bar on a terminal, elsewhere a line at every tenth. */
export interface Progress {
  update(done: number, total: number): void
  stop(): void
}

function bar(title: string): Progress {
  const shown = new SingleBar({ format: `${title} {bar} {percentage}%`, hideCursor: true })
  let begun = false
  return {
    update(done, total) {
      if (begun) shown.setTotal(total)
      else shown.start(total, 0)
      begun = true
      shown.update(done)
    },
    stop() {
      if (begun) shown.stop()
    },
  }
}

function lines(title: string): Progress {
  let tenth = -1
  return {
    update(done, total) {
      const reached = total === 0 ? 10 : Math.floor((done / total) * 10)
      if (reached === tenth) return
      tenth = reached
      process.stderr.write(`${title} ${reached * 10}%\n`)
    },
    stop() {},
  }
}

/** Runs long work with its progress shown on the error stream, which leaves the output to results. */
export async function withProgress<T>(title: string, work: (progress: Progress) => Promise<T>): Promise<T> {
  const progress = process.stderr.isTTY ? bar(title) : lines(title)
  try {
    return await work(progress)
  } finally {
    progress.stop()
  }
}
