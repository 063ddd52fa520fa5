// Bytes to text: UTF-8, or a word about why not.

import { Buffer, isUtf8 } from 'node:buffer'

export type Decoded = { readonly text: string } | { readonly failure: 'binary' | 'encoding'; readonly offset: number }

const lenient = new TextDecoder('utf-8', { ignoreBOM: true })

/** A byte order mark stays in the text, so that offsets hold. A NUL byte makes a file binary; `offset` counts UTF-16 code units to the first wrong byte. */
export function decode(bytes: Uint8Array): Decoded {
  const zero = bytes.indexOf(0)
  if (zero >= 0) return { failure: 'binary', offset: zero }
  if (!isUtf8(bytes)) return { failure: 'encoding', offset: Math.max(0, lenient.decode(bytes).indexOf('\ufffd')) }
  // A text of ASCII alone takes one byte a letter here, where a TextDecoder makes two of each.
  return { text: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8') }
}
