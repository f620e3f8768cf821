import { h } from '../dom.ts'

/** The half of the page that a dialog belongs to, and is centred over. */
export type DialogPlace = '.chat' | '.phone'

export interface DialogLook<Result> {
  className: string
  over: DialogPlace
  /** The result after Escape or a click beside the dialog. */
  dismissed: Result
}

/** Shows a modal dialog and settles with what `close` was called with. */
export function showDialog<Result>(
  { className, over, dismissed }: DialogLook<Result>,
  fill: (close: (result: Result) => void) => (Node | string)[],
): Promise<Result> {
  return new Promise((resolve) => {
    let result = dismissed
    const dialog = h('dialog', { class: className })
    const close = (value: Result) => {
      result = value
      dialog.close()
    }
    dialog.append(...fill(close))
    dialog.addEventListener('click', (event) => {
      if (event.target === dialog) dialog.close()
    })
    dialog.addEventListener('close', () => {
      dialog.remove()
      resolve(result)
    })
    document.body.append(dialog)
    dialog.showModal()
    centre(dialog, over)
  })
}

function centre(dialog: HTMLDialogElement, over: DialogPlace): void {
  const box = document.querySelector(over)?.getBoundingClientRect()
  // Hidden behind the other tab: the middle of the window is right.
  if (!box || box.width === 0) return
  const width = Math.min(dialog.offsetWidth, box.width - 32)
  dialog.style.width = `${width}px`
  dialog.style.marginLeft = `${box.left + (box.width - width) / 2}px`
}
