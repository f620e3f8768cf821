import { h } from './dom.ts'

/**
 * A small menu that opens below or above its button and closes on Escape, on a click elsewhere, and when an
 * entry is taken. `fill` is called each time it opens.
 */
export function attachMenu(button: HTMLButtonElement, fill: (close: () => void) => (Node | string)[]): void {
  const panel = h('div', { class: 'menu', popover: 'auto' })
  button.setAttribute('aria-haspopup', 'true')
  button.setAttribute('aria-expanded', 'false')
  button.addEventListener('click', () => {
    panel.replaceChildren(...fill(() => panel.hidePopover()))
    if (!panel.isConnected) document.body.append(panel)
    panel.showPopover({ source: button })
    place(panel, button)
    panel.querySelector<HTMLElement>('input, button')?.focus()
  })
  panel.addEventListener('toggle', (event) => {
    const open = event instanceof ToggleEvent && event.newState === 'open'
    button.setAttribute('aria-expanded', String(open))
  })
  panel.addEventListener('keydown', (event) => moveFocus(panel, event))
}

/** One entry of a menu. */
export function menuItem(label: Node | string, onclick: () => void): HTMLButtonElement {
  return h('button', { type: 'button', class: 'menu-item', onclick }, label)
}

function place(panel: HTMLElement, button: HTMLElement): void {
  const box = button.getBoundingClientRect()
  const below = box.top < innerHeight / 2
  panel.style.top = below ? `${box.bottom + 6}px` : 'auto'
  panel.style.bottom = below ? 'auto' : `${innerHeight - box.top + 6}px`
  const left = Math.max(8, Math.min(box.left, innerWidth - panel.offsetWidth - 8))
  panel.style.left = `${left}px`
}

function moveFocus(panel: HTMLElement, event: KeyboardEvent): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  if (step === 0) return
  const items = [...panel.querySelectorAll<HTMLElement>('input, button, select')]
  const at = items.indexOf(document.activeElement as HTMLElement)
  items[(at + step + items.length) % items.length]?.focus()
  event.preventDefault()
}
