import { setTimeout as wait } from 'node:timers/promises'
import { type Api, GrammyError } from 'grammy'
import { isTemporary } from '../failures.ts'
import { GenerationFailure } from '../images/image-generator.ts'

export interface FileSource {
  api: Api
  apiRoot: string
  token: string
}

const pausesMs = [300, 1000, 3000]
const downloadLimitMs = 20_000

/**
 * Fetches a file that somebody sent. Tried again while the network fails. Throws `invalid_image` where Telegram no
 * longer gives it, and an error without the address otherwise, as the address holds the token.
 */
export async function download(source: FileSource, fileId: string): Promise<Buffer> {
  for (const pause of [...pausesMs, null]) {
    try {
      return await fetchFile(source, fileId)
    } catch (error) {
      if (error instanceof GrammyError && error.error_code === 400)
        throw new GenerationFailure('invalid_image', 'Telegram does not give the file', error)
      if (pause === null || !(isTemporary(error) || error instanceof DownloadFailure)) throw error
      await wait(pause)
    }
  }
  throw new DownloadFailure('the file was not fetched')
}

class DownloadFailure extends Error {}

async function fetchFile({ api, apiRoot, token }: FileSource, fileId: string): Promise<Buffer> {
  const { file_path: path } = await api.getFile(fileId)
  if (path === undefined) throw new GenerationFailure('invalid_image', 'Telegram has no such file')
  try {
    const signal = AbortSignal.timeout(downloadLimitMs)
    const answer = await fetch(`${apiRoot}/file/bot${token}/${path}`, { signal })
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`)
    return Buffer.from(await answer.arrayBuffer())
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'network'
    throw new DownloadFailure(`the file was not fetched: ${reason.replaceAll(token, '<token>')}`)
  }
}
