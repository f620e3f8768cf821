/**
 * Gives the memory of arrays back that nobody will read again. The garbage collector hardly sees memory outside its heap
 * and lets it lie: what the database answers in megabytes would double what a scanning thread holds, and new memory for
 * each answer takes longer to get than to fill. An array that shares its memory with others is left alone.
 */
export function release(...arrays: (ArrayBufferView<ArrayBufferLike> | null | undefined)[]): void {
  for (const array of arrays) {
    if (!array) continue
    const { buffer, byteLength } = array
    if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength && !buffer.detached)
      buffer.transfer(0)
  }
}
