import { type PopupParams, popup } from '../dialogs/popup.ts'
import { toast } from '../dom.ts'
import { callStorage } from './cloud-storage.ts'
import type { Handlers, WebView } from './web-view.ts'

/** What the phone around the web view can do for it. */
export interface PhoneControls {
  webView: () => WebView
  /** Who opened the app. */
  personId: () => number
  safeArea: () => Record<'top' | 'right' | 'bottom' | 'left', number>
  contentSafeArea: () => Record<'top' | 'right' | 'bottom' | 'left', number>
  setBackButton: (visible: boolean) => void
  setSettingsButton: (visible: boolean) => void
  setButton: (which: 'main' | 'secondary', params: Record<string, unknown>) => void
  setColour: (part: 'header' | 'background' | 'bottom', colour: string) => void
  setClosingConfirmation: (needed: boolean) => void
  setFullscreen: (full: boolean) => void
  ready: () => void
  reloadSupported: (supported: boolean) => void
  close: () => void
  pay: (slug: string) => Promise<string>
  openLink: (url: string) => void
}

/** Answers to everything that a Mini App of this version posts. */
export function createHandlers(phone: PhoneControls): Handlers {
  return { ...appearance(phone), ...buttons(phone), ...dialogs(phone), ...services(phone) }
}

function appearance(phone: PhoneControls): Handlers {
  return {
    iframe_ready: ({ reload_supported }) => phone.reloadSupported(reload_supported === true),
    web_app_ready: phone.ready,
    web_app_expand: () => phone.webView().postViewport(),
    web_app_request_theme: () => phone.webView().postTheme(),
    web_app_request_viewport: () => phone.webView().postViewport(),
    web_app_request_safe_area: () => phone.webView().post('safe_area_changed', phone.safeArea()),
    web_app_request_content_safe_area: () =>
      phone.webView().post('content_safe_area_changed', phone.contentSafeArea()),
    web_app_set_header_color: ({ color, color_key }) =>
      phone.setColour('header', colourOf(color ?? color_key)),
    web_app_set_background_color: ({ color }) => phone.setColour('background', colourOf(color)),
    web_app_set_bottom_bar_color: ({ color }) => phone.setColour('bottom', colourOf(color)),
    web_app_request_fullscreen: () => phone.setFullscreen(true),
    web_app_exit_fullscreen: () => phone.setFullscreen(false),
  }
}

/** A colour as it came, or the theme's for a key such as `secondary_bg_color`. */
function colourOf(value: unknown): string {
  const text = String(value ?? '')
  return /^#[0-9a-f]{6}$/i.test(text)
    ? text
    : `var(--${text.replace(/[^a-z_]/g, '').replaceAll('_', '-')}, var(--bg))`
}

function buttons(phone: PhoneControls): Handlers {
  return {
    web_app_setup_back_button: ({ is_visible }) => phone.setBackButton(is_visible === true),
    web_app_setup_settings_button: ({ is_visible }) => phone.setSettingsButton(is_visible === true),
    web_app_setup_main_button: (params) => phone.setButton('main', params),
    web_app_setup_secondary_button: (params) => phone.setButton('secondary', params),
    web_app_setup_closing_behavior: ({ need_confirmation }) =>
      phone.setClosingConfirmation(need_confirmation === true),
    // Nothing to feel on a desktop, and a frame is not dragged down.
    web_app_trigger_haptic_feedback: () => {},
    web_app_setup_swipe_behavior: () => {},
    web_app_close: phone.close,
  }
}

function dialogs(phone: PhoneControls): Handlers {
  return {
    web_app_open_popup: async (params) => {
      // The SDK checks the shape before it posts; what is missing is drawn empty.
      const button_id = await popup(params as unknown as PopupParams, '.phone')
      phone.webView().post('popup_closed', button_id === undefined ? {} : { button_id })
    },
    web_app_open_invoice: async ({ slug }) => {
      const status = await phone.pay(String(slug))
      phone.webView().post('invoice_closed', { slug, status })
    },
    web_app_open_link: ({ url }) => phone.openLink(String(url)),
    web_app_open_tg_link: ({ path_full }) => phone.openLink(`https://t.me${path_full}`),
    web_app_request_file_download: async ({ url, file_name }) => {
      const buttons = [{ id: 'download', text: 'Download' }, { type: 'cancel' as const }]
      const message = `Do you want to download “${file_name}”?`
      const agreed = (await popup({ title: 'Download file', message, buttons }, '.phone')) === 'download'
      if (agreed) window.open(String(url), '_blank', 'noopener')
      phone.webView().post('file_download_requested', { status: agreed ? 'downloading' : 'cancelled' })
    },
  }
}

function services(phone: PhoneControls): Handlers {
  const post = (name: string, data: unknown) => phone.webView().post(name, data)
  return {
    web_app_invoke_custom_method: ({ req_id, method, params }) => {
      try {
        const given = typeof params === 'object' && params !== null ? params : {}
        const result = callStorage(phone.personId(), String(method), { ...given })
        post('custom_method_invoked', { req_id, result })
      } catch (error) {
        post('custom_method_invoked', {
          req_id,
          error: error instanceof Error ? error.message : 'UNKNOWN_ERROR',
        })
      }
    },
    web_app_read_text_from_clipboard: ({ req_id }) => post('clipboard_text_received', { req_id, data: null }),
    web_app_request_write_access: () => post('write_access_requested', { status: 'allowed' }),
    web_app_request_phone: () => post('phone_requested', { status: 'cancelled' }),
    web_app_check_home_screen: () => post('home_screen_checked', { status: 'unsupported' }),
    web_app_biometry_get_info: () => post('biometry_info_received', { available: false }),
    web_app_check_location: () => post('location_checked', { available: false }),
    web_app_share_to_story: () => toast('Stories are not part of this stand-in'),
    web_app_send_prepared_message: () => post('prepared_message_failed', { error: 'UNSUPPORTED' }),
  }
}
