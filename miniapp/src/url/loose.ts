/** A part of an address in which `undefined` takes a thing away, as navigation writes it. */
export type Loose<T> = { [K in keyof T]?: T[K] | undefined }
