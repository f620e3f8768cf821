import type { BotCommand } from 'grammy/types'
import { h } from '../dom.ts'

/** The list of commands above the text box, moved through by arrow keys. */
export class CommandList {
  readonly root = h('div', { class: 'commands', role: 'listbox', 'aria-label': 'Commands', hidden: true })
  readonly #take: (command: string) => void

  constructor(take: (command: string) => void) {
    this.#take = take
  }

  get open(): boolean {
    return !this.root.hidden
  }

  show(commands: BotCommand[]): void {
    this.root.hidden = commands.length === 0
    this.root.replaceChildren(...commands.map((command) => this.#entry(command)))
  }

  hide(): void {
    this.root.hidden = true
  }

  /** Takes the selected command; false when none is. */
  takeSelected(): boolean {
    const selected = this.#selected()
    selected?.click()
    return selected !== null
  }

  select(step: 'next' | 'previous'): void {
    const from = this.#selected()
    const [first, last] = [this.root.firstElementChild, this.root.lastElementChild]
    const to = step === 'next' ? (from?.nextElementSibling ?? first) : (from?.previousElementSibling ?? last)
    from?.setAttribute('aria-selected', 'false')
    to?.setAttribute('aria-selected', 'true')
    to?.scrollIntoView({ block: 'nearest' })
  }

  #selected(): HTMLElement | null {
    return this.root.querySelector('[aria-selected=true]')
  }

  #entry({ command, description }: BotCommand): HTMLElement {
    const onclick = () => {
      this.hide()
      this.#take(`/${command}`)
    }
    const attributes = { type: 'button', role: 'option', class: 'command', 'aria-selected': 'false', onclick }
    return h('button', attributes, h('strong', {}, `/${command}`), h('span', {}, description))
  }
}

/** The commands that begin as typed; none once one is complete. */
export function matching(commands: BotCommand[], typed: string): BotCommand[] {
  if (!typed.startsWith('/')) return []
  return commands.filter(({ command }) => command.startsWith(typed.slice(1)) && typed !== `/${command}`)
}
