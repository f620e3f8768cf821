import { workerData } from 'node:worker_threads'
import { AppError, type ErrorCode } from '@botdeck/shared/contract/errors'
import { openDb } from '@botdeck/shared/db/open'
import { type Asked, evaluateScan } from './evaluate.ts'

/** What a scan ends with: the answer, or an expected failure, which would lose its class between threads. */
export type ScanResult = { json: string } | { code: ErrorCode; message: string; field: string | undefined }

// @NOTE `createStats` alone starts these threads, with this data.
const { url } = workerData as { url: string }
const db = openDb(url, { readonly: true })

/** Runs one scan; piscina calls it with what `createStats` hands over. */
export async function scan({ asked, now }: { asked: Asked; now: number }): Promise<ScanResult> {
  try {
    return { json: await evaluateScan(db, asked, now) }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const { code, message, field } = error
    return { code, message, field }
  }
}
