import { ApiError, type GenerateContentResponse, GoogleGenAI, Modality } from '@google/genai'
import { GenerationFailure, type ImageGenerator } from './image-generator.ts'
import { readPicture, toJpeg } from './picture.ts'

const model = 'gemini-2.5-flash-image'

/** Ends of an answer that mean: not this picture. */
const blocked = /SAFETY|PROHIBITED|BLOCKLIST|SPII|RECITATION/

/** Asks Gemini. `baseUrl` is for a stand-in. */
export function createGeminiGenerator(options: { apiKey: string; baseUrl?: string }): ImageGenerator {
  const { apiKey, baseUrl } = options
  const client = new GoogleGenAI({ apiKey, ...(baseUrl && { httpOptions: { baseUrl } }) })
  return {
    timeLimitMs: 60_000,
    async generate({ image, effect, signal }) {
      const photo = await toJpeg(await readPicture(image))
      const contents = [
        { inlineData: { mimeType: 'image/jpeg', data: photo.toString('base64') } },
        { text: `Redraw this photo. Keep the people and the composition. Style: ${effect.prompt}.` },
      ]
      const config = { abortSignal: signal, responseModalities: [Modality.IMAGE] }
      const answer = await client.models.generateContent({ model, contents, config }).catch(refused)
      return toJpeg(await readAnswer(pictureIn(answer)))
    },
  }
}

function refused(error: unknown): never {
  if (error instanceof ApiError && error.status === 400 && /image/i.test(error.message))
    throw new GenerationFailure('invalid_image', 'Gemini cannot read the picture', error)
  if (error instanceof ApiError && error.status === 504)
    throw new GenerationFailure('timeout', 'Gemini took too long', error)
  throw error
}

/** The bytes of the first picture in the answer. Throws `safety_block` or `provider_error` where there is none. */
function pictureIn(answer: GenerateContentResponse): Buffer {
  const [candidate] = answer.candidates ?? []
  const data = candidate?.content?.parts?.find((part) => part.inlineData?.data)?.inlineData?.data
  if (data !== undefined) return Buffer.from(data, 'base64')
  const reason = answer.promptFeedback?.blockReason ?? candidate?.finishReason ?? 'no candidate'
  if (answer.promptFeedback?.blockReason !== undefined || blocked.test(reason))
    throw new GenerationFailure('safety_block', `Gemini refused: ${reason}`)
  throw new GenerationFailure('provider_error', `Gemini made no picture: ${reason}`)
}

async function readAnswer(bytes: Buffer) {
  return readPicture(bytes).catch((error: unknown) => {
    throw new GenerationFailure('provider_error', 'Gemini answered no picture', error)
  })
}
