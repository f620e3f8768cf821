import { addAdmin } from '@botdeck/shared/actions/admins'
import { setPackagePrice } from '@botdeck/shared/actions/catalogue'
import { expireInvoices } from '@botdeck/shared/actions/payments'
import { telegramIdOf } from './identity.ts'
import { staff } from './life.ts'
import { type Acts, act, type World } from './world.ts'
import { day, midnight } from './year.ts'

/** Hires two people who will use the panel, and the bot as everybody does. */
export function* hire(world: World): Acts {
  const at = world.year.since
  for (const role of ['manager', 'analyst'] as const) {
    const admin = { telegramId: telegramIdOf(staff[role]), role, addedBy: 'demo' }
    yield* act(at, (tx) => addAdmin(tx, admin, at))
  }
}

/** Raises the price of a package. */
export function* raisePrice(world: World): Acts {
  const { at, packageId, amount } = world.year.priceChange
  yield* act(at, (tx) => setPackagePrice(tx, packageId, amount))
}

/** Closes, every night, the invoices that nobody paid. */
export function* closeInvoices(world: World): Acts {
  for (let at = midnight(world.year.since) + day; ; at += day) yield* act(at, (tx) => expireInvoices(tx, at))
}
