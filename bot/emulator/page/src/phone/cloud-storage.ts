const stores = new Map<number, Map<string, string>>()

/**
 * Telegram's cloud storage of one person, kept while the page is open: `saveStorageValue`, `getStorageValues`,
 * `getStorageKeys`, `deleteStorageValues`. Throws with Telegram's words for any other method.
 */
export function callStorage(personId: number, method: string, params: Record<string, unknown>): unknown {
  const store = stores.get(personId) ?? new Map<string, string>()
  stores.set(personId, store)
  const keys = Array.isArray(params.keys) ? params.keys.map(String) : []
  switch (method) {
    case 'saveStorageValue':
      return save(store, String(params.key), String(params.value))
    case 'getStorageValues':
      return Object.fromEntries(keys.map((key) => [key, store.get(key) ?? '']))
    case 'getStorageKeys':
      return [...store.keys()]
    case 'deleteStorageValues':
      for (const key of keys) store.delete(key)
      return true
    default:
      throw new Error('UNKNOWN_METHOD')
  }
}

function save(store: Map<string, string>, key: string, value: string): true {
  if (!/^[A-Za-z0-9_-]{1,128}$/.test(key)) throw new Error('KEY_INVALID')
  if (value.length > 4096) throw new Error('VALUE_INVALID')
  if (!store.has(key) && store.size >= 1024) throw new Error('QUOTA_EXCEEDED')
  store.set(key, value)
  return true
}
