import { connect, type Socket } from 'node:net'

const endOfHeaders = Buffer.from('\r\n\r\n')
const endOfChunks = Buffer.from('\r\n0\r\n\r\n')

/** Where the answer at the head of the buffer ends; undefined while it is not all here. */
function endOfAnswer(buffer: Buffer): number | undefined {
  const headersEnd = buffer.indexOf(endOfHeaders)
  if (headersEnd < 0) return undefined
  const bodyStart = headersEnd + endOfHeaders.length
  const length = /\r\ncontent-length: (\d+)/i.exec(buffer.toString('latin1', 0, headersEnd))?.[1]
  if (length !== undefined) {
    const end = bodyStart + Number(length)
    return buffer.length >= end ? end : undefined
  }
  const last = buffer.indexOf(endOfChunks, headersEnd)
  return last < 0 ? undefined : last + endOfChunks.length
}

/**
 * A kept connection that sends one request again and again. It reads of an answer only its status and where it ends, so
 * that the load leaves the processor to the server.
 */
export class HttpConnection {
  readonly #socket: Socket
  readonly #request: string
  #received: Buffer = Buffer.alloc(0)
  #answered: (status: number) => void = () => {}
  #failed: (error: Error) => void = () => {}

  constructor({ url, token }: { url: string; token: string }) {
    const { hostname, port, pathname, search, host } = new URL(url)
    this.#request = `GET ${pathname}${search} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${token}\r\n\r\n`
    this.#socket = connect({ host: hostname, port: Number(port), noDelay: true })
    this.#socket.on('data', (part) => this.#take(part))
    this.#socket.on('error', (error) => this.#failed(error))
  }

  /** @returns the status, once the whole answer is here */
  send(): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#answered = resolve
      this.#failed = reject
      this.#socket.write(this.#request)
    })
  }

  close(): void {
    this.#socket.destroy()
  }

  #take(part: Buffer): void {
    this.#received = this.#received.length === 0 ? part : Buffer.concat([this.#received, part])
    const end = endOfAnswer(this.#received)
    if (end === undefined) return
    const status = Number(this.#received.toString('latin1', 9, 12))
    this.#received = this.#received.subarray(end)
    this.#answered(status)
  }
}
