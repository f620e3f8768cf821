/** A person as Telegram tells of them; only the fields given change what is known. */
export interface IngestUser {
  id: number
  firstName?: string
  username?: string | null
  languageCode?: string | null
}

/** An event as `POST /api/ingest` takes it. */
export interface IngestEvent {
  /** What makes it the same event when it comes again. */
  id: string
  userId: number
  type: string
  /** ISO 8601. */
  at: string
  props?: Record<string, unknown>
  /** Overrides whether events of this type are activity of the person. */
  activity?: boolean
}
