import { h, iconButton, toast } from '../dom.ts'
import { attachMenu, menuItem } from '../floating-menu.ts'
import { client, me } from '../session.ts'
import { canvasOf, drawSample, type Sample, samples } from './samples.ts'

const STICKER = new TextEncoder().encode('{"v":"5.5.2","fr":60,"ip":0,"op":60,"w":512,"h":512,"layers":[]}')

/** The paper clip: a photo or a file from this computer, a sample picture, a sticker. */
export function attachButton(): HTMLElement {
  const button = iconButton('attach', 'Attach a photo', () => {})
  const photo = picker('image/*', sendPhoto)
  const file = picker('', sendFile)
  attachMenu(button, (close) => {
    const after = (action: () => void) => () => {
      close()
      action()
    }
    const thumbs = samples.map((sample) =>
      thumbnail(
        sample,
        after(() => void sendSample(sample)),
      ),
    )
    return [
      menuItem(
        'Photo…',
        after(() => photo.click()),
      ),
      menuItem(
        'File…',
        after(() => file.click()),
      ),
      menuItem(
        'Animated sticker 🎉',
        after(() => void sendSticker()),
      ),
      h('div', { class: 'samples', role: 'group', 'aria-label': 'Sample pictures' }, ...thumbs),
    ]
  })
  return h('span', { class: 'attach' }, button, photo, file)
}

function picker(accept: string, send: (file: File) => Promise<unknown>): HTMLInputElement {
  const input = h('input', { type: 'file', accept: accept || false, hidden: true })
  input.addEventListener('change', async () => {
    const [file] = input.files ?? []
    if (file) await send(file)
    input.value = ''
  })
  return input
}

/** Sends a picture as a photo; what cannot be sent is said. */
export function sendPhoto(file: Blob & { name?: string }): Promise<unknown> {
  return report(async () => client.sendPhoto(me().id, await toSend(file)))
}

function sendFile(file: File): Promise<unknown> {
  return report(async () => client.sendDocument(me().id, await toSend(file)))
}

function sendSticker(): Promise<unknown> {
  const file = { bytes: STICKER, name: 'party.tgs', mime: 'application/x-tgsticker' }
  return report(() => client.sendSticker(me().id, file, { emoji: '🎉', animated: true }))
}

async function sendSample(sample: Sample): Promise<unknown> {
  return sendPhoto(await drawSample(sample))
}

async function toSend(file: Blob & { name?: string }) {
  const bytes = new Uint8Array(await file.arrayBuffer())
  return { bytes, name: file.name ?? 'photo.jpg', mime: file.type || 'application/octet-stream' }
}

async function report(action: () => Promise<unknown>): Promise<void> {
  try {
    await action()
  } catch (error) {
    toast(`Not sent: ${error instanceof Error ? error.message : 'no connection'}`)
  }
}

function thumbnail(sample: Sample, onclick: () => void): HTMLElement {
  const label = `Send the sample picture “${sample.name}”`
  const button = h('button', { type: 'button', class: 'sample', 'aria-label': label, title: label, onclick })
  button.append(canvasOf(sample))
  return button
}
