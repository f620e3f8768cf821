import { extname } from 'node:path'
import type { Document, PhotoSize } from 'grammy/types'
import { storePhoto } from '../world/photos.ts'
import type { World } from '../world/world.ts'
import type { Call } from './call.ts'
import type { Upload } from './params.ts'
import { badRequest, TelegramError } from './telegram-error.ts'

/** What a bot may upload. */
const MAX_UPLOAD = 50 * 1024 * 1024
/** What Telegram fetches from an address itself. */
const MAX_FETCHED = 20 * 1024 * 1024
const FETCH_MS = 10_000

/** The photo of a parameter: an upload, a file_id of a photo, or an address that is fetched. */
export async function photoFrom(call: Call, name: string, reference = call.params.text(name)) {
  const source = await sourceOf(call, name, reference)
  if ('bytes' in source) return storePhoto(call.world, source.bytes)
  return photoAgain(call.world, source.fileId)
}

/** The document of a parameter, from the same three sources. */
export async function documentFrom(call: Call, name: string, reference = call.params.text(name)) {
  const source = await sourceOf(call, name, reference)
  if ('bytes' in source) return storeDocument(call.world, source)
  const file = call.world.files.get(source.fileId)
  if (!file) throw badRequest('wrong file identifier/HTTP URL specified')
  if (file.kind !== 'document') throw badRequest("can't use file of type Photo as Document")
  return documentOf(file)
}

/** Keeps a document under its name. */
export function storeDocument(world: World, { bytes, name, mime }: Upload): Document {
  const extension = extname(name).toLowerCase()
  return documentOf(world.files.add({ bytes, kind: 'document', mime, extension, name }))
}

function documentOf(file: {
  file_id: string
  file_unique_id: string
  file_size: number
  mime: string
  name?: string
}) {
  const { file_id, file_unique_id, file_size, mime, name } = file
  return { file_id, file_unique_id, file_size, mime_type: mime, ...(name && { file_name: name }) }
}

async function sourceOf(
  call: Call,
  name: string,
  reference: string | undefined,
): Promise<Upload | { fileId: string }> {
  const upload = call.params.attached(reference) ?? call.params.upload(name)
  if (upload) return checked(upload)
  if (!reference) throw badRequest(`there is no ${name} in the request`)
  if (/^https?:\/\//.test(reference)) return fetched(reference)
  if (!call.world.files.get(reference)) throw badRequest('wrong file identifier/HTTP URL specified')
  return { fileId: reference }
}

function checked(upload: Upload): Upload {
  if (upload.bytes.length > MAX_UPLOAD) throw new TelegramError(413, 'Request Entity Too Large')
  if (upload.bytes.length === 0) throw badRequest('file must be non-empty')
  return upload
}

async function fetched(url: string): Promise<Upload> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(FETCH_MS) })
    const bytes = Buffer.from(await answer.arrayBuffer())
    if (!answer.ok || bytes.length === 0 || bytes.length > MAX_FETCHED)
      throw new Error(`HTTP ${answer.status}`)
    const mime = answer.headers.get('content-type')?.split(';')[0] ?? 'application/octet-stream'
    return { bytes, mime, name: new URL(url).pathname.split('/').at(-1) || 'file' }
  } catch (cause) {
    throw Object.assign(badRequest('failed to get HTTP URL content'), { cause })
  }
}

async function photoAgain(world: World, fileId: string): Promise<PhotoSize[]> {
  const file = world.files.get(fileId)
  const bytes = world.files.bytes(fileId)
  if (!file || !bytes) throw badRequest('wrong file identifier/HTTP URL specified')
  if (file.kind !== 'photo') throw badRequest("can't use file of type Document as Photo")
  return storePhoto(world, bytes)
}
