const signatures: [type: string, bytes: number[], offset: number][] = [
  ['image/jpeg', [0xff, 0xd8, 0xff], 0],
  ['image/png', [0x89, 0x50, 0x4e, 0x47], 0],
  ['image/gif', [0x47, 0x49, 0x46, 0x38], 0],
  ['image/webp', [0x57, 0x45, 0x42, 0x50], 8],
]

/** The kind of picture that begins with these bytes; undefined for anything else. */
export function imageType(head: Uint8Array): string | undefined {
  return signatures.find(([, bytes, offset]) => bytes.every((byte, i) => head[offset + i] === byte))?.[0]
}

/** The first bytes of a stream, and a stream of all of it. */
export async function peek(
  stream: ReadableStream<Uint8Array>,
): Promise<{ head: Uint8Array; whole: ReadableStream<Uint8Array> }> {
  const reader = stream.getReader()
  const { value: head = new Uint8Array() } = await reader.read()
  const whole = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(head),
    async pull(controller) {
      const { done, value } = await reader.read()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    cancel: (reason) => reader.cancel(reason),
  })
  return { head, whole }
}
