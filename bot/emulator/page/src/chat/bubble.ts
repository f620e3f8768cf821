import type { Message } from 'grammy/types'
import type { ChatMessage } from '../../../client.ts'
import { h, icon } from '../dom.ts'
import { client } from '../session.ts'
import { type ButtonActions, inlineKeyboard } from './keyboards.ts'
import { richText, type TextActions } from './rich-text.ts'

/** Longest side of a photo in the chat, and the least width of its bubble. */
const PHOTO_PX = 320
const LEAST_PX = 180

export type MessageActions = TextActions & ButtonActions

/** One message of the chat as Telegram draws it. */
export function bubble(message: ChatMessage, botName: string, actions: MessageActions): HTMLElement {
  const service = serviceText(message, botName)
  if (service)
    return h('div', { class: 'service', 'data-message-id': message.message_id }, h('span', {}, service))
  const mine = !message.from?.is_bot
  const media = mediaOf(message)
  const text = message.text ?? message.caption
  const body = h(
    'div',
    { class: `bubble ${media ? 'with-media' : ''} ${message.sticker ? 'sticker' : ''}` },
    message.reply_to_message && quote(message.reply_to_message),
    media,
    invoiceOf(message),
    text !== undefined &&
      h(
        'div',
        { class: 'text', dir: 'auto' },
        richText(text, message.entities ?? message.caption_entities, actions),
      ),
    h('span', { class: 'meta' }, message.edit_date ? 'edited ' : '', clock(message.date)),
  )
  const row = h('div', { class: `row ${mine ? 'mine' : 'theirs'}`, 'data-message-id': message.message_id })
  const width = message.photo && `width:${drawnWidth(message)}px`
  row.append(h('div', { class: 'stack', style: width }, body, inlineKeyboard(message, actions)))
  return row
}

function clock(date: number): string {
  return new Date(date * 1000).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })
}

/** Stars, or another currency's amount from its smallest unit. */
export function amountText(amount: number, currency: string): string {
  if (currency === 'XTR') return `⭐️${amount}`
  return new Intl.NumberFormat('en', { style: 'currency', currency }).format(amount / 100)
}

function serviceText(message: ChatMessage, botName: string): string | undefined {
  const { successful_payment: paid, refunded_payment: refunded } = message
  if (paid) return `You paid ${amountText(paid.total_amount, paid.currency)} to ${botName}`
  if (refunded) return `${botName} refunded ${amountText(refunded.total_amount, refunded.currency)} to you`
  return undefined
}

function quote({ text, caption, photo, invoice }: Message): HTMLElement {
  return h('div', { class: 'quote' }, text ?? caption ?? invoice?.title ?? (photo ? 'Photo' : 'Message'))
}

function mediaOf(message: ChatMessage): HTMLElement | undefined {
  const photo = message.photo?.at(-1)
  if (photo) {
    const src = fileUrl(photo.file_id)
    const alt = message.from?.is_bot ? 'Photo from the bot' : 'Your photo'
    const image = h('img', { src, alt, width: photo.width, height: photo.height })
    return h('a', { class: 'photo', href: src, target: '_blank', rel: 'noopener' }, image)
  }
  const { document, sticker } = message
  if (document) {
    const size = `${Math.max(1, Math.round((document.file_size ?? 0) / 1024))} KB`
    const name = h('span', { class: 'file-name' }, document.file_name ?? 'file', h('small', {}, size))
    const attributes = {
      class: 'file',
      href: fileUrl(document.file_id),
      download: document.file_name ?? 'file',
    }
    return h('a', attributes, h('span', { class: 'file-icon' }, icon('file')), name)
  }
  if (!sticker) return undefined
  if (sticker.is_animated) return h('span', { class: 'emoji' }, sticker.emoji ?? '🙂')
  return h('img', {
    src: fileUrl(sticker.file_id),
    alt: `Sticker ${sticker.emoji ?? ''}`,
    width: 160,
    height: 160,
  })
}

/** A photo's width on the screen, known before it has loaded, so that the list does not jump. */
function drawnWidth({ photo }: ChatMessage): number {
  const { width, height } = photo?.at(-1) ?? { width: 1, height: 1 }
  const scale = Math.min(1, PHOTO_PX / Math.max(width, height))
  return Math.max(LEAST_PX, Math.round(width * scale))
}

function fileUrl(fileId: string): string {
  return `${client.url}/emulator/api/files/${fileId}`
}

function invoiceOf({ invoice, paid }: ChatMessage): HTMLElement | undefined {
  if (!invoice) return undefined
  return h(
    'div',
    { class: 'invoice' },
    h('strong', {}, invoice.title),
    h('p', {}, invoice.description),
    h(
      'span',
      { class: 'price' },
      amountText(invoice.total_amount, invoice.currency),
      paid ? ' · paid' : ' · invoice',
    ),
  )
}
