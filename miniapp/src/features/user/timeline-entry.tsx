import type { TimelineEvent } from '@botdeck/shared/contract/users'
import { useFormats } from '../../components/panel.tsx'
import { useEventName } from '../steps/event-name.ts'
import { BotPicture } from './bot-picture.tsx'
import { useEventDetail } from './event-detail.ts'

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

type Side = { side: 'person' | 'bot'; words: string | null; picture: string | null }

/** Who speaks in an event: the person, the bot, or nobody (null: a thing that happened). */
export function sideOf({ type, props }: TimelineEvent): Side | null {
  const picture = text(props.imageUrl)
  if (type === 'message_received') return { side: 'person', words: text(props.text), picture }
  if (type === 'command_used') return { side: 'person', words: text(props.command), picture: null }
  if (type === 'message_sent') return { side: 'bot', words: text(props.text), picture }
  return null
}

/** One event: a bubble at the right for the person, at the left for the bot, small words in the middle for the rest. */
export function TimelineEntry({ event }: { event: TimelineEvent }) {
  const { date } = useFormats()
  const name = useEventName()
  const detail = useEventDetail()
  const speech = sideOf(event)
  const time = (
    <time dateTime={event.at} className="whitespace-nowrap text-axis">
      {date.time(event.at)}
    </time>
  )
  if (speech === null)
    return (
      <li className="mx-auto max-w-[92%] py-0.5 text-center text-hint text-label [overflow-wrap:anywhere]">
        {[name(event.type), detail(event)].filter(Boolean).join(' · ')} · {time}
      </li>
    )
  const { side, words, picture } = speech
  const person = side === 'person'
  return (
    <li
      className={`flex max-w-[82%] flex-col overflow-hidden rounded-2xl ${picture === null ? '' : 'w-56'} ${person ? 'self-end rounded-br-sm bg-button text-on-button' : 'self-start rounded-bl-sm bg-card'}`}
    >
      {picture !== null && <BotPicture src={picture} />}
      <span className="flex items-end justify-end gap-x-2 px-3 py-1.5">
        <span className="min-w-0 flex-1 whitespace-pre-wrap text-sub [overflow-wrap:anywhere]">
          {words ?? (picture === null ? name(event.type) : '')}
        </span>
        {time}
      </span>
    </li>
  )
}
