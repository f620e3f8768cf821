import { statedMark } from '@botdeck/shared/actions/credits'
import { type IngestAnswer, IngestEvent, IngestUser, ingestLimits } from '@botdeck/shared/contract/ingest'
import { parseInstant } from '@botdeck/shared/domain/range'
import { checkEventProps, isServerOnly } from '@botdeck/shared/domain/tracking-plan'
import type { z } from '@hono/zod-openapi'
import { faultOf } from '../http/validation.ts'
import type { Batch } from './batch.ts'
import { columnFault } from './columns.ts'

/** A user element without faults; `createdAt` in ms. */
export type ValidUser = Omit<IngestUser, 'createdAt'> & { createdAt: number | undefined }

/** An event element without faults; `at` in ms. */
export type ValidEvent = Omit<IngestEvent, 'at'> & { at: number }

type Rejection = IngestAnswer['rejected'][number]

/** What instants are read and judged by: now in ms, and the zone of times without an offset. */
export interface Reading {
  now: number
  zone: string
}

export interface ValidBatch {
  users: { index: number; value: ValidUser }[]
  events: { index: number; value: ValidEvent }[]
  rejected: Rejection[]
}

/** Why an element is rejected; thrown only within this file and caught for each element. */
class Fault extends Error {}

const aheadMs = 5 * 60_000

function instantOf(text: string, field: string, { now, zone }: Reading): number {
  const instant = parseInstant(text, zone)
  if (instant === null) throw new Fault(`${field}: must be an instant in ISO 8601`)
  if (instant < 0 || instant > now + aheadMs)
    throw new Fault(`${field}: must lie between 1970-01-01 and five minutes from now`)
  return instant
}

function fits<S extends z.ZodType>(schema: S, element: unknown, whole: string): z.output<S> {
  const parsed = schema.safeParse(element)
  if (!parsed.success) throw new Fault(faultOf(parsed.error, whole).message)
  return parsed.data
}

/** Length of a value as JSON; throws a fault for one nested deeper than it can be written. */
function bytesOf(props: unknown): number {
  try {
    return Buffer.byteLength(JSON.stringify(props))
  } catch (error) {
    if (error instanceof RangeError) throw new Fault('props: nested too deeply')
    throw error
  }
}

function checkSize(props: unknown): void {
  if (props !== undefined && bytesOf(props) > ingestLimits.propsBytes)
    throw new Fault(`props: at most ${ingestLimits.propsBytes} bytes of JSON`)
}

function refuse(fault: string | null): void {
  if (fault !== null) throw new Fault(fault)
}

function validUser(element: unknown, reading: Reading): ValidUser {
  const { createdAt, ...user } = fits(IngestUser, element, 'user')
  if (user.referredBy === user.id) throw new Fault('referredBy: nobody is invited by themselves')
  checkSize(user.props)
  refuse(columnFault({ ...user }))
  return {
    ...user,
    createdAt: createdAt === undefined ? undefined : instantOf(createdAt, 'createdAt', reading),
  }
}

/** What only the server may say of an event is not heard from others. */
function withoutMark(props: Record<string, unknown>): Record<string, unknown> {
  if (!Object.hasOwn(props, statedMark)) return props
  const { [statedMark]: _unheard, ...others } = props
  return others
}

function validEvent(element: unknown, reading: Reading): ValidEvent {
  const { at, ...event } = fits(IngestEvent, element, 'event')
  if (isServerOnly(event.type)) throw new Fault(`type: ${event.type} is written by the server alone`)
  checkSize(event.props)
  const props = withoutMark(event.props ?? {})
  refuse(checkEventProps(event.type, props))
  const fault = columnFault(props)
  refuse(fault === null ? null : `props.${fault}`)
  return { ...event, props, at: at === undefined ? reading.now : instantOf(at, 'at', reading) }
}

/** Looks at every element by itself: a fault inside one rejects that one, with a message that names the field. */
export function validateBatch(batch: Batch, reading: Reading): ValidBatch {
  const rejected: Rejection[] = []
  function each<T>(elements: unknown[], kind: 'user' | 'event', read: (element: unknown) => T) {
    return elements.flatMap((element, index) => {
      try {
        return [{ index, value: read(element) }]
      } catch (error) {
        if (!(error instanceof Fault)) throw error
        rejected.push({ index, kind, code: 'invalid_params', message: error.message })
        return []
      }
    })
  }
  const users = each(batch.users, 'user', (element) => validUser(element, reading))
  const events = each(batch.events, 'event', (element) => validEvent(element, reading))
  return { users, events, rejected }
}
