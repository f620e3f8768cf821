import type { Demo } from './demo.ts'

async function post(demo: Pick<Demo, 'chatUrl'>, path: string, body: unknown): Promise<{ id: number }> {
  const answer = await fetch(`${demo.chatUrl}/emulator/api${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${path} was refused: ${await answer.text()}`)
  // @NOTE Every answer of the stand-in's control API about a person or message has an id or none that we look at.
  return (await answer.json()) as { id: number }
}

interface NewPerson {
  first_name: string
  username?: string
  language_code: string
}

/** What people do in the chat, over the control API of the stand-in. */
export const act = {
  createPerson: async (demo: Pick<Demo, 'chatUrl'>, person: NewPerson) =>
    (await post(demo, '/persons', person)).id,
  say: (demo: Pick<Demo, 'chatUrl'>, id: number, text: string) => post(demo, `/persons/${id}/text`, { text }),
  start: (demo: Pick<Demo, 'chatUrl'>, id: number, payload: string) =>
    post(demo, `/persons/${id}/start`, { payload }),
}
