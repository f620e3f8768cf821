type Child = Node | string | null | undefined | false
type Attributes = Record<string, string | number | boolean | null | undefined | ((event: never) => void)>

/**
 * An element with attributes, `on…` listeners and children. A false, null or undefined attribute or child is
 * left out; true is an attribute without a value.
 */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue
    // Listeners take the event their name stands for.
    if (typeof value === 'function') element.addEventListener(name.slice(2), value as EventListener)
    else element.setAttribute(name, value === true ? '' : String(value))
  }
  element.append(...children.filter((child) => typeof child === 'string' || child instanceof Node))
  return element
}

const PATHS = {
  send: 'M3 20.5 21.5 12 3 3.5v6.8L15 12 3 13.7z',
  attach:
    'M16.5 6v10.5a4.5 4.5 0 0 1-9 0V5a3 3 0 0 1 6 0v10a1.5 1.5 0 0 1-3 0V6H9v9a3 3 0 0 0 6 0V5a4.5 4.5 0 0 0-9 0v11.5a6 6 0 0 0 12 0V6z',
  menu: 'M4 6h16v2H4zm0 5h16v2H4zm0 5h16v2H4z',
  more: 'M12 8a2 2 0 1 0 0-4 2 2 0 0 0 0 4m0 6a2 2 0 1 0 0-4 2 2 0 0 0 0 4m0 6a2 2 0 1 0 0-4 2 2 0 0 0 0 4',
  close:
    'M18.3 5.7 12 12l6.3 6.3-1.4 1.4L10.6 13.4 4.3 19.7 2.9 18.3 9.2 12 2.9 5.7 4.3 4.3l6.3 6.3 6.3-6.3z',
  back: 'M20 11H7.8l5.6-5.6L12 4l-8 8 8 8 1.4-1.4L7.8 13H20z',
  down: 'm6 9 6 6 6-6-1.4-1.4L12 12.2 7.4 7.6z',
  sun: 'M12 7a5 5 0 1 0 0 10 5 5 0 0 0 0-10M11 1h2v3h-2zm0 19h2v3h-2zM1 11h3v2H1zm19 0h3v2h-3zM4.2 2.8l2.1 2.1-1.4 1.4-2.1-2.1zm14.9 14.9 2.1 2.1-1.4 1.4-2.1-2.1zM2.8 19.8l2.1-2.1 1.4 1.4-2.1 2.1zM17.7 4.9l2.1-2.1 1.4 1.4-2.1 2.1z',
  moon: 'M12 3a9 9 0 1 0 9 9c0-.5 0-.9-.1-1.4A5.4 5.4 0 0 1 13.4 3.1C12.9 3 12.5 3 12 3',
  file: 'M6 2h8l6 6v14H6zm7 1.5V9h5.5z',
  link: 'M7 17 15.6 8.4H9V6.4h10v10h-2V9.8L8.4 18.4z',
  app: 'M4 4h7v7H4zm9 0h7v7h-7zm-9 9h7v7H4zm9 0h7v7h-7z',
  keyboard:
    'M3 6h18v12H3zm2 2v2h2V8zm3 0v2h2V8zm3 0v2h2V8zm3 0v2h2V8zm3 0v2h2V8zM5 11v2h2v-2zm3 0v2h2v-2zm3 0v2h2v-2zm3 0v2h2v-2zm3 0v2h2v-2zM8 14v2h8v-2z',
  full: 'M4 4h6v2H6v4H4zm10 0h6v6h-2V6h-4zM4 14h2v4h4v2H4zm14 0h2v6h-6v-2h4z',
  reload: 'M17.7 6.3A8 8 0 1 0 20 12h-2a6 6 0 1 1-1.8-4.2L13 11h8V3z',
  plus: 'M11 5h2v6h6v2h-6v6h-2v-6H5v-2h6z',
} as const

export type IconName = keyof typeof PATHS

/** A 24 px icon in the text's colour, hidden from screen readers: the control around it has the name. */
export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('class', 'icon')
  svg.setAttribute('aria-hidden', 'true')
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  path.setAttribute('d', PATHS[name])
  svg.append(path)
  return svg
}

/** A round button with an icon and a name that is read out and shown on hover. */
export function iconButton(
  name: IconName,
  label: string,
  onclick: (event: MouseEvent) => void,
): HTMLButtonElement {
  return h(
    'button',
    { type: 'button', class: 'icon-button', 'aria-label': label, title: label, onclick },
    icon(name),
  )
}

const AVATAR_COLOURS = ['#e17076', '#7bc862', '#65aadd', '#a695e7', '#ee7aae', '#6ec9cb', '#faa774']

/** A round picture with initials, in a colour that belongs to the id. */
export function avatar(id: number, name: string): HTMLElement {
  const initials = name
    .split(' ')
    .slice(0, 2)
    .map((word) => [...word][0] ?? '')
    .join('')
  const colour = AVATAR_COLOURS[id % AVATAR_COLOURS.length]
  return h(
    'span',
    { class: 'avatar', style: `background:${colour}`, 'aria-hidden': 'true' },
    initials.toUpperCase(),
  )
}

/** Shows a short note over the page. */
export function toast(text: string): void {
  document.querySelector('.toast')?.remove()
  const note = h('div', { class: 'toast', role: 'status' }, text)
  const open = [...document.querySelectorAll<HTMLDialogElement>('dialog[open]')].at(-1)
  // An open dialog covers everything outside of it.
  ;(open ?? document.body).append(note)
  setTimeout(() => note.remove(), 4_000)
}
