import { z } from 'zod'

/**
 * One entry of the fault script: the next `times` calls of `method` (lower or upper case, `*` = any; `webhook` =
 * deliveries to the bot) fail this way. `chat_id` narrows it to calls for that chat.
 * `drop_before` hangs up before the call takes effect, `drop_after` after it did, so that its answer is lost.
 */
export const Fault = z.strictObject({
  method: z.string().min(1),
  kind: z.enum(['429', '403', '500', 'drop_before', 'drop_after']),
  times: z.int().min(1).max(1_000_000).default(1),
  retry_after: z.int().min(0).max(3_600).default(1),
  chat_id: z.int().optional(),
})
export type Fault = z.infer<typeof Fault>

/** The faults still to come, in the order they were scripted. */
export class FaultScript {
  #faults: Fault[] = []

  add(fault: Fault): void {
    this.#faults.push({ ...fault, method: fault.method.toLowerCase() })
  }

  /** Uses up one time of the first entry that fits, if any. */
  next(method: string, chatId?: number): Fault | undefined {
    const fault = this.#faults.find(
      (entry) =>
        fitsMethod(entry.method, method.toLowerCase()) &&
        (entry.chat_id === undefined || entry.chat_id === chatId),
    )
    if (!fault) return undefined
    fault.times -= 1
    if (fault.times === 0) this.#faults = this.#faults.filter((entry) => entry !== fault)
    return { ...fault }
  }

  list(): Fault[] {
    return this.#faults
  }

  clear(): void {
    this.#faults = []
  }
}

function fitsMethod(wanted: string, called: string): boolean {
  return wanted === called || (wanted === '*' && called !== 'webhook')
}
