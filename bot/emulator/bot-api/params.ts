import type { Context } from 'hono'
import { badRequest } from './telegram-error.ts'

export interface Upload {
  bytes: Buffer
  name: string
  mime: string
}

/** The parameters of one call, whichever way they came: JSON body, form, multipart or query. */
export class Params {
  readonly #values: Record<string, unknown>
  readonly #uploads: Map<string, Upload>

  constructor(values: Record<string, unknown>, uploads = new Map<string, Upload>()) {
    this.#values = values
    this.#uploads = uploads
  }

  has(name: string): boolean {
    return this.#values[name] !== undefined && this.#values[name] !== null
  }

  text(name: string): string | undefined {
    const value = this.#values[name]
    if (value === undefined || value === null) return undefined
    return typeof value === 'object' ? JSON.stringify(value) : String(value)
  }

  integer(name: string): number | undefined {
    const value = this.text(name)
    return value !== undefined && /^-?\d+$/.test(value.trim()) ? Number(value) : undefined
  }

  flag(name: string): boolean {
    const value = this.text(name)?.toLowerCase()
    return value === 'true' || value === '1' || value === 'yes'
  }

  /** An object or array: as it came in JSON, or JSON text in a form. */
  structure(name: string): unknown {
    const value = this.#values[name]
    if (typeof value !== 'string') return value ?? undefined
    if (value === '') return undefined
    try {
      return JSON.parse(value)
    } catch {
      throw badRequest(`can't parse ${name.replaceAll('_', ' ')} JSON object`)
    }
  }

  /** The file of a parameter: the part of that name, or the one that `attach://` points to. */
  upload(name: string): Upload | undefined {
    return this.#uploads.get(name) ?? this.attached(this.text(name))
  }

  attached(reference: string | undefined): Upload | undefined {
    if (!reference?.startsWith('attach://')) return undefined
    return this.#uploads.get(reference.slice('attach://'.length))
  }
}

/** Reads the parameters of a request; the query fills in what the body does not give. */
export async function readParams(c: Context): Promise<Params> {
  const values: Record<string, unknown> = c.req.query()
  const type = c.req.header('content-type') ?? ''
  if (c.req.method !== 'POST') return new Params(values)
  if (type.includes('application/json')) return new Params({ ...values, ...(await readJson(c)) })
  if (!type.includes('form')) return new Params(values)
  const uploads = new Map<string, Upload>()
  for (const [name, value] of (await c.req.formData()).entries()) {
    if (typeof value === 'string') values[name] = value
    else uploads.set(name, await readUpload(value))
  }
  return new Params(values, uploads)
}

async function readUpload(file: File): Promise<Upload> {
  const mime = file.type || 'application/octet-stream'
  return { bytes: Buffer.from(await file.arrayBuffer()), name: file.name, mime }
}

async function readJson(c: Context): Promise<Record<string, unknown>> {
  const text = await c.req.text()
  if (text === '') return {}
  try {
    const body: unknown = JSON.parse(text)
    // Any JSON object is a map of parameters; an array has none under a name.
    if (typeof body === 'object' && body !== null) return body as Record<string, unknown>
  } catch {
    throw badRequest("can't parse JSON object")
  }
  throw badRequest('object expected as parameters')
}
