import { createHash } from 'node:crypto'
import type { PhotoSize } from 'grammy/types'
import sharp from 'sharp'
import { badRequest } from '../bot-api/telegram-error.ts'
import type { World } from './world.ts'

/** Longest sides of the copies Telegram keeps of a photo. */
const SIDES = [90, 320, 1280]
const MAX_BYTES = 10 * 1024 * 1024
const KEPT = 500

// One map a world: the same sample sent by a thousand simulated people is resized once.
const known = new WeakMap<World, Map<string, PhotoSize[]>>()

/**
 * A photo as Telegram keeps it: re-encoded to JPEG in up to three sizes, smallest first, the original's
 * name and metadata gone. Refuses what Telegram refuses: over 10 MB, sides over 10,000 together, a ratio over 20.
 */
export async function storePhoto(world: World, bytes: Buffer): Promise<PhotoSize[]> {
  const memory = known.get(world) ?? new Map<string, PhotoSize[]>()
  known.set(world, memory)
  const digest = createHash('sha256').update(bytes).digest('base64url')
  const before = memory.get(digest)
  if (before?.every((size) => world.files.get(size.file_id))) return before
  const sizes = await resize(world, bytes)
  memory.set(digest, sizes)
  const [oldest] = memory.keys()
  if (memory.size > KEPT && oldest !== undefined) memory.delete(oldest)
  return sizes
}

async function resize(world: World, bytes: Buffer): Promise<PhotoSize[]> {
  if (bytes.length > MAX_BYTES) throw badRequest('file is too big')
  const { width, height } = await dimensions(bytes)
  if (width + height > 10_000 || Math.max(width, height) > 20 * Math.min(width, height)) {
    throw badRequest('PHOTO_INVALID_DIMENSIONS')
  }
  const longest = Math.max(width, height)
  const sides = [...SIDES.filter((side) => side < longest), Math.min(longest, 1280)]
  return Promise.all([...new Set(sides)].map((side) => storeSize(world, bytes, side)))
}

async function dimensions(bytes: Buffer): Promise<{ width: number; height: number }> {
  try {
    const { width, height } = await sharp(bytes).metadata()
    return { width, height }
  } catch (cause) {
    throw Object.assign(badRequest('IMAGE_PROCESS_FAILED'), { cause })
  }
}

async function storeSize(world: World, bytes: Buffer, side: number): Promise<PhotoSize> {
  const { data, info } = await encode(bytes, side)
  const file = world.files.add({ bytes: data, kind: 'photo', mime: 'image/jpeg', extension: '.jpg' })
  const { file_id, file_unique_id, file_size } = file
  return { file_id, file_unique_id, file_size, width: info.width, height: info.height }
}

async function encode(bytes: Buffer, side: number) {
  try {
    const image = sharp(bytes).autoOrient().flatten({ background: '#ffffff' })
    const fitted = image.resize(side, side, { fit: 'inside', withoutEnlargement: true })
    return await fitted.jpeg({ quality: 87 }).toBuffer({ resolveWithObject: true })
  } catch (cause) {
    throw Object.assign(badRequest('IMAGE_PROCESS_FAILED'), { cause })
  }
}
