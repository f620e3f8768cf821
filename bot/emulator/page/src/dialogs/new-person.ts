import type { Person } from '../../../client.ts'
import { h, toast } from '../dom.ts'
import { client } from '../session.ts'
import { showDialog } from './show-dialog.ts'

const LANGUAGES = [
  ['en', 'English'],
  ['ru', 'Russian'],
  ['de', 'German'],
  ['es', 'Spanish'],
  ['pt-br', 'Portuguese (Brazil)'],
] as const

/** Asks for a name, a username and a language, and makes that person. */
export function newPersonDialog(): Promise<Person | undefined> {
  return showDialog<Person | undefined>(
    { className: 'sheet', over: '.chat', dismissed: undefined },
    (close) => {
      const form = h(
        'form',
        { class: 'fields' },
        h('h2', {}, 'New person'),
        field(
          'First name',
          h('input', { name: 'first_name', required: true, maxlength: 64, autofocus: true }),
        ),
        field(
          'Username',
          h('input', { name: 'username', pattern: '[A-Za-z][A-Za-z0-9_]{3,31}', placeholder: 'optional' }),
        ),
        field(
          'Telegram language',
          h(
            'select',
            { name: 'language_code' },
            ...LANGUAGES.map(([value, text]) => h('option', { value }, text)),
          ),
        ),
        h('button', { type: 'submit', class: 'primary' }, 'Create'),
      )
      form.addEventListener('submit', async (event) => {
        event.preventDefault()
        const filled = [...new FormData(form)].filter(([, value]) => value !== '')
        const { first_name = '', ...more } = Object.fromEntries(
          filled.map(([key, value]) => [key, String(value)]),
        )
        try {
          close(await client.createPerson({ first_name, ...more }))
        } catch (error) {
          toast(error instanceof Error ? error.message : 'The person was not created')
        }
      })
      return [form]
    },
  )
}

/** Asks for the payload of a start link. */
export function startPayloadDialog(): Promise<string | undefined> {
  return showDialog<string | undefined>(
    { className: 'sheet', over: '.chat', dismissed: undefined },
    (close) => {
      const input = h('input', {
        name: 'payload',
        pattern: '[A-Za-z0-9_\\-]{0,64}',
        placeholder: 'src_reels',
        autofocus: true,
      })
      const form = h(
        'form',
        { class: 'fields' },
        h('h2', {}, 'Open a start link'),
        h('p', { class: 'hint' }, 'As if you had tapped t.me/…?start=payload somewhere.'),
        field('Payload', input),
        h('button', { type: 'submit', class: 'primary' }, 'Open'),
      )
      form.addEventListener('submit', (event) => {
        event.preventDefault()
        close(input.value)
      })
      return [form]
    },
  )
}

function field(label: string, control: HTMLElement): HTMLElement {
  return h('label', {}, label, control)
}
