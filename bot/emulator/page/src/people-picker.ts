import type { Person } from '../../client.ts'
import { newPersonDialog } from './dialogs/new-person.ts'
import { avatar, h, icon } from './dom.ts'
import { attachMenu, menuItem } from './floating-menu.ts'
import { become, fullName, me, onPerson, playedPeople } from './session.ts'

/** The button that says who you are, and the menu to become somebody else. */
export function peoplePicker(): HTMLElement {
  const button = h('button', { type: 'button', class: 'who' })
  onPerson((person) => {
    button.setAttribute('aria-label', `You are ${fullName(person)}. Choose another person`)
    button.replaceChildren(avatar(person.id, fullName(person)), h('span', {}, fullName(person)), icon('down'))
  })
  attachMenu(button, (close) => {
    const list = h('div', { class: 'people' })
    const search = h('input', {
      type: 'search',
      placeholder: 'Who do you want to be?',
      'aria-label': 'Search people',
    })
    const fill = async () => {
      const people = await playedPeople(search.value)
      list.replaceChildren(...people.map((person) => entry(person, close)))
    }
    search.addEventListener('input', fill)
    void fill()
    const create = menuItem('New person…', async () => {
      close()
      const person = await newPersonDialog()
      if (person) become(person)
    })
    create.prepend(icon('plus'))
    return [search, list, create]
  })
  return button
}

function entry(person: Person, close: () => void): HTMLElement {
  const name = fullName(person)
  const details = [
    person.kind === 'admin' && 'admin',
    person.username && `@${person.username}`,
    person.language_code,
  ]
  const label = h('span', { class: 'person' }, name, h('small', {}, details.filter(Boolean).join(' · ')))
  const item = menuItem(avatar(person.id, name), () => {
    close()
    become(person)
  })
  item.append(label)
  if (person.id === me().id) item.setAttribute('aria-current', 'true')
  return item
}
