import { describe, expect, it } from 'vitest'
import { type SubscriptionPayment, subscriptionMovements } from './subscriptions.ts'

/** The movements of payments as `month movement uid amount`. */
function movements(payments: SubscriptionPayment[], instants: number[]): string[] {
  const told: string[] = []
  subscriptionMovements(payments, instants, (movement, { month, uid, amount }) =>
    told.push(`${month} ${movement} ${uid} ${amount}`),
  )
  return told
}

const pay = (value: number, from: number, until: number, uid = 1) => ({ uid, value, from, until })

describe('subscriptionMovements', () => {
  it('counts a payment from its instant until its end', () => {
    expect(movements([pay(100, 10, 20)], [9, 10, 19, 20])).toEqual([
      '0 total 1 100',
      '0 new 1 100',
      '1 total 1 100',
      '2 churned 1 100',
    ])
  })

  it('tells more from less, and adds what runs side by side', () => {
    expect(movements([pay(100, 0, 10), pay(30, 5, 10), pay(90, 10, 20)], [1, 6, 11])).toEqual([
      '0 total 1 130',
      '0 expansion 1 30',
      '1 total 1 90',
      '1 contraction 1 40',
    ])
  })

  it('takes who comes back for new, and says nothing of who has nothing', () => {
    const payments = [pay(50, 0, 10, 2), pay(50, 20, 30, 2), pay(0, 0, 30, 3)]
    expect(movements(payments, [5, 15, 25])).toEqual(['0 churned 2 50', '1 total 2 50', '1 new 2 50'])
  })

  it('says nothing of nobody', () => {
    expect(movements([], [1, 2])).toEqual([])
  })
})
