import { createHash } from 'node:crypto'

/** Prefix of a file_id by kind, so that a document cannot be sent as a photo, as on Telegram. */
const PREFIX = { photo: 'AgAC', document: 'BQAC', sticker: 'CAAC' } as const
const FOLDER = { photo: 'photos', document: 'documents', sticker: 'stickers' } as const

type FileKind = keyof typeof PREFIX

export interface StoredFile {
  file_id: string
  file_unique_id: string
  file_path: string
  file_size: number
  kind: FileKind
  mime: string
  name?: string
}

export interface NewFile {
  bytes: Buffer
  kind: FileKind
  mime: string
  extension: string
  name?: string | undefined
}

/** Where the bytes are mirrored so that they survive a restart. */
export interface FileFolder {
  write(file: StoredFile, bytes: Buffer): void
  remove(file: StoredFile): void
}

interface Entry {
  file: StoredFile
  bytes: Buffer
}

/** Files by file_id, the least recently used dropped beyond `maxBytes`. Equal bytes of one kind are one file. */
export class FileStore {
  readonly #entries = new Map<string, Entry>()
  readonly #byPath = new Map<string, string>()
  readonly #maxBytes: number
  #total = 0
  #serial = 0
  folder: FileFolder | undefined

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  add({ bytes, kind, mime, extension, name }: NewFile): StoredFile {
    const digest = createHash('sha256')
      .update(kind)
      .update(name ?? '')
      .update(bytes)
      .digest('base64url')
    const file_id = `${PREFIX[kind]}AgIAAx${digest}`
    const known = this.#use(file_id)
    if (known) return known.file
    const file_path = `${FOLDER[kind]}/file_${this.#serial++}${extension}`
    const file_unique_id = `AQAD${digest.slice(0, 12)}`
    const file = {
      file_id,
      file_unique_id,
      file_path,
      file_size: bytes.length,
      kind,
      mime,
      ...(name && { name }),
    }
    this.#put(file, bytes)
    this.folder?.write(file, bytes)
    return file
  }

  get(fileId: string): StoredFile | undefined {
    return this.#use(fileId)?.file
  }

  bytes(fileId: string): Buffer | undefined {
    return this.#use(fileId)?.bytes
  }

  byPath(path: string): Entry | undefined {
    const fileId = this.#byPath.get(path)
    return fileId === undefined ? undefined : this.#use(fileId)
  }

  snapshot() {
    return { serial: this.#serial, files: [...this.#entries.values()].map((entry) => entry.file) }
  }

  /** Takes back the files whose bytes `read` still finds. */
  restore(saved: ReturnType<FileStore['snapshot']>, read: (file: StoredFile) => Buffer | undefined): void {
    this.#serial = saved.serial
    for (const file of saved.files) {
      const bytes = read(file)
      if (bytes) this.#put(file, bytes)
    }
  }

  #put(file: StoredFile, bytes: Buffer): void {
    this.#entries.set(file.file_id, { file, bytes })
    this.#byPath.set(file.file_path, file.file_id)
    this.#total += bytes.length
    for (const [id, oldest] of this.#entries) {
      if (this.#total <= this.#maxBytes || id === file.file_id) return
      this.#entries.delete(id)
      this.#byPath.delete(oldest.file.file_path)
      this.#total -= oldest.bytes.length
      this.folder?.remove(oldest.file)
    }
  }

  #use(fileId: string): Entry | undefined {
    const entry = this.#entries.get(fileId)
    if (!entry) return undefined
    this.#entries.delete(fileId)
    this.#entries.set(fileId, entry)
    return entry
  }
}
