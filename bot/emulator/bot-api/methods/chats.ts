import { chatOf, userOf } from '../../world/people.ts'
import { botSender, personOf } from '../../world/posting.ts'
import { chatIdOf, type Method } from '../call.ts'
import { badRequest } from '../telegram-error.ts'

/** What a bot may download. */
const MAX_DOWNLOAD = 20 * 1024 * 1024

export const getFile: Method = ({ world, params }) => {
  const file = world.files.get(params.text('file_id') ?? '')
  if (!file) throw badRequest('wrong file_id or the file is temporarily unavailable')
  if (file.file_size > MAX_DOWNLOAD) throw badRequest('file is too big')
  const { file_id, file_unique_id, file_size, file_path } = file
  return { file_id, file_unique_id, file_size, file_path }
}

export const getChat: Method = ({ world, params }) => ({
  ...chatOf(personOf(world, chatIdOf(params))),
  accent_color_id: 0,
  max_reaction_count: 11,
  accepted_gift_types: {
    unlimited_gifts: true,
    limited_gifts: true,
    unique_gifts: true,
    premium_subscription: true,
    gifts_from_channels: true,
  },
})

export const getChatMember: Method = ({ world, params }) => {
  const person = personOf(world, chatIdOf(params))
  const userId = params.integer('user_id')
  if (userId === world.bot.id) return { status: person.blocked ? 'kicked' : 'member', user: botSender(world) }
  if (userId !== person.id) throw badRequest('user not found')
  return { status: 'member', user: userOf(person) }
}
