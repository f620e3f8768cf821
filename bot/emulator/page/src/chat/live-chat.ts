import type { FeedEvent } from '../../../world/feed.ts'
import { client } from '../session.ts'

/**
 * Listens to one chat until it is closed. `reload` is called at first and after each lost connection, because
 * what happened in between was not heard.
 */
export function liveChat(
  personId: number,
  on: { reload: () => void; event: (event: FeedEvent) => void },
): () => void {
  const source = new EventSource(`${client.url}/emulator/api/stream?person_id=${personId}`)
  source.addEventListener('ready', on.reload)
  source.addEventListener('message', ({ data }) => on.event(JSON.parse(data)))
  return () => source.close()
}
