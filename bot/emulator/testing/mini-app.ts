import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A Mini App that asks for everything and writes down what Telegram says, one line an event. */
const PAGE = `<!doctype html><title>app</title><p id="user"></p>
<button onclick="post('web_app_open_popup', { title: 'Refund', message: 'Sure?', buttons: [{ id: 'yes', type: 'destructive', text: 'Give back' }, { type: 'cancel' }] })">Ask</button>
<button onclick="post('web_app_open_invoice', { slug })">Buy</button>
<button onclick="store()">Store</button>
<button onclick="post('web_app_close')">Leave</button>
<ol id="log"></ol>
<script>
const slug = new URLSearchParams(location.search).get('slug')
const launch = new URLSearchParams(location.hash.slice(1))
const host = new URL(document.referrer).origin
const post = (eventType, eventData = {}) => parent.postMessage(JSON.stringify({ eventType, eventData }), host)
const store = () => {
  post('web_app_invoke_custom_method', { req_id: 'a', method: 'saveStorageValue', params: { key: 'k', value: 'v' } })
  post('web_app_invoke_custom_method', { req_id: 'b', method: 'getStorageValues', params: { keys: ['k', 'none'] } })
}
user.textContent = 'user ' + JSON.parse(new URLSearchParams(launch.get('tgWebAppData')).get('user')).first_name
addEventListener('message', ({ source, data }) => {
  if (source !== parent) return
  const { eventType, eventData } = JSON.parse(data)
  const line = document.createElement('li')
  line.textContent = eventType + ' ' + JSON.stringify(eventData)
  log.append(line)
})
post('iframe_ready', { reload_supported: false })
post('web_app_request_theme')
post('web_app_request_safe_area')
post('web_app_setup_back_button', { is_visible: true })
post('web_app_setup_main_button', { is_visible: true, is_active: true, is_progress_visible: false, text: 'Save' })
post('web_app_ready')
</script>`

/** Serves the Mini App on a free port. */
export async function serveMiniApp(): Promise<{ url: string; close: () => void }> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(PAGE)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A listening TCP server's address is never a pipe's name.
  const { port } = server.address() as AddressInfo
  const close = () => {
    server.close()
    server.closeAllConnections()
  }
  return { url: `http://127.0.0.1:${port}/`, close }
}
