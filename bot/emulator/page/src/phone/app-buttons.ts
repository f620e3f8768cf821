import { h } from '../dom.ts'

/** What the app says about one of its two bottom buttons; absent = as before. */
interface ButtonParams {
  text: string
  color: string
  text_color: string
  is_visible: boolean
  is_active: boolean
  is_progress_visible: boolean
  position: string
}

const HIDDEN: ButtonParams = {
  text: '',
  color: '',
  text_color: '',
  is_visible: false,
  is_active: true,
  is_progress_visible: false,
  position: 'left',
}

/** The main and the secondary button under the app. `changed` is called when their bar appears or goes. */
export function createAppButtons(pressed: (which: 'main' | 'secondary') => void, changed: () => void) {
  const main = h('button', { type: 'button', class: 'app-button', onclick: () => pressed('main') })
  const secondary = h('button', {
    type: 'button',
    class: 'app-button secondary',
    onclick: () => pressed('secondary'),
  })
  const root = h('div', { class: 'app-buttons', hidden: true }, secondary, main)
  const state = { main: { ...HIDDEN }, secondary: { ...HIDDEN } }

  const draw = (which: 'main' | 'secondary') => {
    const button = which === 'main' ? main : secondary
    const params = state[which]
    button.textContent = params.is_progress_visible ? '' : params.text
    button.setAttribute('aria-label', params.text)
    button.classList.toggle('loading', params.is_progress_visible)
    button.hidden = !params.is_visible || params.text === ''
    button.disabled = !params.is_active || params.is_progress_visible
    button.style.background = params.color
    button.style.color = params.text_color
    root.dataset.position = state.secondary.position
    const wasHidden = root.hidden
    root.hidden = main.hidden && secondary.hidden
    if (wasHidden !== root.hidden) changed()
  }

  return {
    root,
    set(which: 'main' | 'secondary', params: Record<string, unknown>): void {
      state[which] = { ...state[which], ...params }
      draw(which)
    },
    reset(): void {
      state.main = { ...HIDDEN }
      state.secondary = { ...HIDDEN }
      draw('main')
      draw('secondary')
    },
  }
}
