import { autoRetry } from '@grammyjs/auto-retry'
import type { Api, RawApi, Transformer } from 'grammy'

const withHtml = new Set(['sendMessage', 'sendPhoto', 'editMessageText'])

/** Every text of the bot is HTML. */
const speakHtml: Transformer<RawApi> = (previous, method, payload, signal) =>
  previous(method, withHtml.has(method) ? { parse_mode: 'HTML', ...payload } : payload, signal)

/**
 * Makes calls wait when Telegram asks for it. Calls whose answer was lost are not repeated here: a message would come
 * twice, so whoever called decides.
 */
export function configureApi(api: Api): void {
  api.config.use(
    speakHtml,
    autoRetry({
      maxRetryAttempts: 3,
      maxDelaySeconds: 60,
      rethrowHttpErrors: true,
      rethrowInternalServerErrors: true,
    }),
  )
}
