/** Requests to be sent over and over. */
export interface Load {
  url: string
  token: string
  connections: number
  ms: number
}

/** What came back: answers, those that were no 200, and the times of all in ms. */
export interface LoadResult {
  requests: number
  refused: number
  ms: number
  times: Float64Array
}
