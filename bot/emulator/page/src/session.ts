import { createClient, type Person } from '../../client.ts'

/** The control API of the stand-in that serves this page. */
export const client = createClient('')

type Listener = (person: Person) => void

const KEY = 'botdeck-demo-person'
const listeners = new Set<Listener>()
let current: Person | undefined

/** Who is chatting. */
export function me(): Person {
  if (!current) throw new Error('nobody is chosen yet')
  return current
}

export function become(person: Person): void {
  current = person
  localStorage.setItem(KEY, String(person.id))
  for (const listener of listeners) listener(person)
}

/** Called with each person chosen from now on. */
export function onPerson(listener: Listener): void {
  listeners.add(listener)
}

/** People played by hand, admins last, so that a newcomer starts as a user of the bot. */
export async function playedPeople(search = ''): Promise<Person[]> {
  const [people, admins] = await Promise.all([
    client.persons({ kind: 'person', search }),
    client.persons({ kind: 'admin', search }),
  ])
  return [...people, ...admins]
}

/** Who to be at first: `?as=<id>`, else the last one chosen here, else the first of all. */
export async function firstPerson(): Promise<Person> {
  const wanted = Number(new URLSearchParams(location.search).get('as') ?? localStorage.getItem(KEY) ?? 0)
  const people = await playedPeople()
  const known = people.find((person) => person.id === wanted)
  if (known) return known
  const asked = wanted > 0 ? await client.person(wanted).catch(() => undefined) : undefined
  return asked ?? people[0] ?? client.createPerson({ first_name: 'Mia', username: 'mia_demo' })
}

export function fullName({ first_name, last_name }: { first_name: string; last_name?: string }): string {
  return [first_name, last_name].filter(Boolean).join(' ')
}
