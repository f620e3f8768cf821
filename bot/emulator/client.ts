import type { Fault } from './bot-api/faults.ts'
import type { Pressed } from './control/acting.ts'
import type { Launch, LaunchRequest } from './control/launch.ts'
import type { ChatView } from './control/reading.ts'
import type { ChatMessage } from './world/chats.ts'
import type { Invoice, PaymentResult } from './world/payments.ts'
import type { NewPerson, Person, PersonKind } from './world/people.ts'

export type { ChatMessage, ChatView, Invoice, LaunchRequest, PaymentResult, Person }

const LONGEST_WAIT_MS = 20_000

/** A refusal of the control API, with its reason. */
export class EmulatorError extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.name = 'EmulatorError'
    this.status = status
  }
}

export interface FileToSend {
  bytes: Uint8Array<ArrayBuffer>
  name: string
  mime: string
}

interface WaitOptions {
  /** Only messages new or changed after this revision; default: the whole chat. */
  after?: number
  timeoutMs?: number
}

export type EmulatorClient = ReturnType<typeof createClient>

/** Acts as people towards the bot, over the control API at `url`. Runs in Node and in a browser. */
export function createClient(url: string) {
  const wire = createWire(`${url}/emulator/api`)
  return { url, ...reading(wire), ...acting(wire), ...faults(wire) }
}

type Wire = ReturnType<typeof createWire>

function createWire(root: string) {
  const request = async <Result>(method: string, path: string, body?: unknown): Promise<Result> => {
    const form = body instanceof FormData
    const answer = await fetch(root + path, {
      method,
      ...(body !== undefined && { body: form ? body : JSON.stringify(body) }),
      ...(body !== undefined && !form && { headers: { 'content-type': 'application/json' } }),
    })
    // Both ends are this project's; the routes answer what their types say.
    const json = (await answer.json()) as Result & { error: string }
    if (!answer.ok) throw new EmulatorError(answer.status, json.error)
    return json
  }
  return {
    get: <Result>(path: string) => request<Result>('GET', path),
    post: <Result>(path: string, body: unknown = {}) => request<Result>('POST', path, body),
    remove: <Result>(path: string) => request<Result>('DELETE', path),
  }
}

function reading({ get }: Wire) {
  const messages = (personId: number, { after = 0, wait_ms = 0 } = {}) =>
    get<{ messages: ChatMessage[]; revision: number }>(
      `/persons/${personId}/messages?after=${after}&wait_ms=${wait_ms}`,
    )
  return {
    bot: () => get<{ id: number; first_name: string; username: string }>('/bot'),
    persons: async (
      query: { search?: string; kind?: PersonKind; limit?: number } = {},
    ): Promise<Person[]> => {
      const entries = Object.entries(query).map(([key, value]): [string, string] => [key, String(value)])
      return (await get<{ persons: Person[] }>(`/persons?${new URLSearchParams(entries)}`)).persons
    },
    person: (id: number) => get<Person>(`/persons/${id}`),
    chat: (personId: number) => get<ChatView>(`/persons/${personId}/chat`),
    invoice: (slug: string) => get<Omit<Invoice, 'payload'>>(`/invoices/${encodeURIComponent(slug)}`),
    /** Messages new or changed after revision `after`; waits up to `wait_ms` for the first. */
    messages,
    /** The first message of the chat that `fits`, now or when it comes. Rejects after `timeoutMs` (10 s). */
    waitForMessage: async (
      personId: number,
      fits: (message: ChatMessage) => boolean,
      { after = 0, timeoutMs = 10_000 }: WaitOptions = {},
    ): Promise<ChatMessage> => {
      const endsAt = Date.now() + timeoutMs
      for (let seen = after; ; ) {
        const left = Math.max(0, endsAt - Date.now())
        const answer = await messages(personId, { after: seen, wait_ms: Math.min(left, LONGEST_WAIT_MS) })
        const found = answer.messages.find(fits)
        if (found) return found
        if (left === 0) throw new EmulatorError(408, `no such message for ${personId} in ${timeoutMs} ms`)
        seen = answer.revision
      }
    },
  }
}

function acting({ post }: Wire) {
  return {
    createPerson: (person: NewPerson) => post<Person>('/persons', person),
    sendText: (personId: number, text: string) => post<ChatMessage>(`/persons/${personId}/text`, { text }),
    /** Opens the bot by its link: `/start` with the payload. */
    start: (personId: number, payload = '') => post<ChatMessage>(`/persons/${personId}/start`, { payload }),
    sendPhoto: (personId: number, file: FileToSend, caption = '') =>
      post<ChatMessage>(`/persons/${personId}/photo`, formOf(file, { caption })),
    sendDocument: (personId: number, file: FileToSend, caption = '') =>
      post<ChatMessage>(`/persons/${personId}/document`, formOf(file, { caption })),
    sendSticker: (personId: number, file: FileToSend, { emoji = '🙂', animated = false } = {}) =>
      post<ChatMessage>(`/persons/${personId}/sticker`, formOf(file, { emoji, animated: String(animated) })),
    /** Presses the callback button with `data`; waits up to `waitMs` for the bot's answer to the query. */
    press: (personId: number, messageId: number, { data, waitMs = 0 }: { data: string; waitMs?: number }) =>
      post<Pressed>(`/persons/${personId}/press`, { message_id: messageId, data, wait_ms: waitMs }),
    /** Pays an invoice message, or the invoice of a link's slug; ends when the payment has. */
    pay: (personId: number, invoice: { message_id: number } | { slug: string }) =>
      post<PaymentResult>(`/persons/${personId}/pay`, invoice),
    block: (personId: number) => post<Person>(`/persons/${personId}/block`),
    unblock: (personId: number) => post<Person>(`/persons/${personId}/unblock`),
    /** Opens the Mini App from a button: signed initData and the address with the launch parameters. */
    launch: (personId: number, request: LaunchRequest) =>
      post<Launch>(`/persons/${personId}/launch`, request),
  }
}

function faults({ post, remove }: Wire) {
  return {
    addFault: (fault: Partial<Fault> & Pick<Fault, 'method' | 'kind'>) =>
      post<{ faults: Fault[] }>('/faults', fault),
    clearFaults: () => remove<{ faults: Fault[] }>('/faults'),
  }
}

function formOf(file: FileToSend, fields: Record<string, string>): FormData {
  const form = new FormData()
  form.set('file', new Blob([file.bytes], { type: file.mime }), file.name)
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  return form
}
