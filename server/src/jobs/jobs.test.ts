import { pruneChanges } from '@botdeck/shared/actions/change-logs'
import { receiveUpdates } from '@botdeck/shared/actions/inbox'
import { openPanelSession } from '@botdeck/shared/actions/panel-sessions'
import { recordInvoice } from '@botdeck/shared/actions/payments'
import { upsertPerson } from '@botdeck/shared/actions/people'
import { onBothEngines } from '@botdeck/shared/testing/engines'
import { Cron } from 'croner'
import { ne } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { rollUp } from '../testing/stats.ts'
import { jobs } from './list.ts'

const now = Date.parse('2026-05-13T12:00:00Z')
const hourMs = 3_600_000

function job(name: string) {
  const found = jobs.find((each) => each.name === name)
  if (!found) throw new Error(`no job ${name}`)
  return found
}

describe('jobs', () => {
  it('have names of their own and times that will come', () => {
    expect(new Set(jobs.map(({ name }) => name)).size).toBe(jobs.length)
    for (const { every } of jobs) expect(new Cron(every, { paused: true }).nextRun()).not.toBeNull()
  })
})

onBothEngines('each job', (test) => {
  it('expires invoices that nobody paid within a day', async () => {
    await test.db.transaction(async (tx) => {
      const { person } = await upsertPerson(tx, { telegramId: 1 }, now)
      const order = { uid: person.uid, packageId: 'p', amount: 1, currency: 'XTR' }
      await recordInvoice(tx, { ...order, invoiceId: 'old', at: now - 25 * hourMs })
      await recordInvoice(tx, { ...order, invoiceId: 'new', at: now - 23 * hourMs })
    })
    expect(await job('expire-invoices').run(test.db, now)).toBe('1 expired')
    expect(await job('expire-invoices').run(test.db, now)).toBe('0 expired')
    const rows = await test.db.orm.select().from(test.db.t.payments)
    expect(rows.map(({ invoiceId, status }) => [invoiceId, status]).sort()).toEqual([
      ['new', 'invoiced'],
      ['old', 'expired'],
    ])
  })

  it('forgets updates that were done eight days ago, and only those that were done', async () => {
    const update = (updateId: number) => ({ updateId, chatId: null, update: {} })
    await receiveUpdates(test.db, [update(1), update(2)], now - 9 * 24 * hourMs)
    await receiveUpdates(test.db, [update(3)], now - 7 * 24 * hourMs)
    const { inbox } = test.db.t
    await test.db.transaction(async (tx) => {
      await tx.orm.update(inbox).set({ status: 'done' }).where(ne(inbox.updateId, 2))
    })
    await job('prune-inbox').run(test.db, now)
    const left = await test.db.orm.select().from(inbox).orderBy(inbox.updateId)
    expect(left.map((row) => row.updateId)).toEqual([2, 3])
  })

  it('forgets sessions that have ended', async () => {
    const open = (tokenHash: string, at: number) =>
      test.db.transaction((tx) =>
        openPanelSession(tx, { tokenHash, telegramId: 1, firstName: 'A', username: null }, at),
      )
    await open('old', now - 25 * hourMs)
    await open('new', now - hourMs)
    await job('prune-sessions').run(test.db, now)
    const left = await test.db.orm.select().from(test.db.t.panelSessions)
    expect(left.map((row) => row.tokenHash)).toEqual(['new'])
  })

  it('forgets changes that the roll-up has taken, but for the latest', async () => {
    const { db } = test
    for (let id = 1; id <= 5; id++)
      await db.transaction((tx) => upsertPerson(tx, { telegramId: id, firstName: 'A' }, now))
    expect(await pruneChanges(db, 2)).toBe(0)
    await rollUp(db, now)
    expect(await pruneChanges(db, 2)).toBe(3)
    const left = await db.orm.select().from(db.t.userChanges)
    expect(left.length).toBe(2)
    expect(await job('prune-changes').run(db, now)).toBe('0 deleted')
  })
})
