import { createGeminiGenerator } from './gemini.ts'
import type { ImageGenerator } from './image-generator.ts'
import { createLocalGenerator } from './local.ts'

/** The one place that decides who makes the pictures: Gemini with a key, else this machine. */
export function chooseGenerator(geminiApiKey: string | undefined): ImageGenerator {
  return geminiApiKey === undefined ? createLocalGenerator() : createGeminiGenerator({ apiKey: geminiApiKey })
}
