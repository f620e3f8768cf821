import { findEventTypes } from '@botdeck/shared/actions/event-types'
import type { Db, Queryable } from '@botdeck/shared/db/db'
import { rowStatement, statement } from '@botdeck/shared/db/statement'
import { quarterHour } from '@botdeck/shared/domain/calendar'
import type { ZoneClock } from '@botdeck/shared/domain/zone-clock'
import { type SQL, sql } from 'drizzle-orm'
import { factsOf, tellingTypes } from './event-facts.ts'
import type { RollupEvent } from './fold.ts'

interface Row {
  id: number
  uid: number
  at: number
  type: number
  activity: boolean | number
  props: string | null
}

interface Following extends Record<string, unknown> {
  after: number
  upTo: number
  limit: number
  audience: number
  credits: number
}

const nextEvents = statement<Row, Following>(() => {
  const slot = (name: keyof Following & string) => sql.placeholder(name)
  return sql`
    select id, uid, at, type, activity,
      case when type in (${slot('audience')}, ${slot('credits')}) then props end as props
    from events where id > ${slot('after')} and id <= ${slot('upTo')} order by id limit ${slot('limit')}`
})

const firstActivity = rowStatement<{ at: number | null }>(
  () => sql`select min(at) as at from events where uid = ${sql.placeholder('0')} and at >= ${sql.placeholder('1')}
    and at < ${sql.placeholder('2')} and id < ${sql.placeholder('3')} and activity`,
)

const watched = ['generation_succeeded', 'generation_failed', ...tellingTypes]
const tellsNothing = { makesSeen: true, audience: null }

/** Reads events as the roll-up sees them. Properties are fetched only of the types whose properties it looks at. */
export class EventSource {
  readonly #succeeded: number | undefined
  readonly #failed: number | undefined
  readonly #audience: number | undefined
  readonly #credits: number | undefined

  constructor(types: ReadonlyMap<string, number>) {
    this.#succeeded = types.get('generation_succeeded')
    this.#failed = types.get('generation_failed')
    this.#audience = types.get('audience_changed')
    this.#credits = types.get('credits_changed')
  }

  static async open(db: Queryable): Promise<EventSource> {
    return new EventSource(await findEventTypes(db, watched))
  }

  #columns(): SQL {
    const read = sql`type in (${this.#audience ?? 0}, ${this.#credits ?? 0})`
    return sql`select id, uid, at, type, activity, case when ${read} then props end as props from events`
  }

  #event({ props, activity, ...row }: Row): RollupEvent {
    const telling =
      row.type === this.#audience ? 'audience_changed' : row.type === this.#credits ? 'credits_changed' : null
    return {
      ...row,
      activity: Boolean(activity),
      outcome: row.type === this.#succeeded ? 'succeeded' : row.type === this.#failed ? 'failed' : null,
      ...(telling === null ? tellsNothing : factsOf(telling, props)),
    }
  }

  /** The next events after a watermark, in the order in which they were stored. */
  async after(
    db: Queryable,
    watermark: number,
    { limit, upTo }: { limit: number; upTo: number },
  ): Promise<RollupEvent[]> {
    const types = { audience: this.#audience ?? 0, credits: this.#credits ?? 0 }
    const rows = await nextEvents(db, { after: watermark, upTo, limit, ...types })
    return rows.map((row) => this.#event(row))
  }

  /** The quarter hour of the first activity of the person's local day among the events stored before this one. */
  async firstQuarter(
    db: Queryable,
    { uid, at, id }: RollupEvent,
    clock: ZoneClock,
  ): Promise<number | undefined> {
    const day = clock.dayOf(at)
    const [first] = await firstActivity(db, [[uid, clock.dayStart(day), clock.dayStart(day + 1), id]])
    return first?.at === null || first?.at === undefined ? undefined : quarterHour(first.at)
  }

  /** All events up to a watermark of some people, by person in the order of (time, id). */
  async of(db: Queryable, uids: readonly number[], watermark: number): Promise<Map<number, RollupEvent[]>> {
    const people = new Map<number, RollupEvent[]>()
    for (const uid of uids) {
      const rows = await db.all<Row>(
        sql`${this.#columns()} where uid = ${uid} and id <= ${watermark} order by at, id`,
      )
      people.set(
        uid,
        rows.map((row) => this.#event(row)),
      )
    }
    return people
  }

  /** Everybody's events up to a watermark: one list a person, in the order of (time, id). */
  async *everybody(db: Db, watermark: number): AsyncGenerator<RollupEvent[]> {
    let person: RollupEvent[] = []
    const query = sql`${this.#columns()} where id <= ${watermark} order by uid, at, id`
    for await (const rows of db.scan<Row>(query))
      for (const row of rows) {
        if (person.length > 0 && person[0]?.uid !== row.uid) {
          yield person
          person = []
        }
        person.push(this.#event(row))
      }
    if (person.length > 0) yield person
  }
}
