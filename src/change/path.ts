// Paths as git writes them: bytes that need not be UTF-8, quoted in C style where they are odd.

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * A path as text: UTF-8, or `\xNN` for each byte beyond ASCII where the whole is no UTF-8. No two paths give the same text: a backslash that would read as such an escape is written
 * `\x5c`, else a file could hide behind the name of another.
 */
export function pathOfBytes(bytes: Uint8Array): string {
  const text = decode(bytes)
  if (text !== undefined) return text.includes('\\x') ? guard(text) : text
  const letters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
  return guard(letters).replace(/[\x80-\xff]/g, (letter) => `\\x${letter.charCodeAt(0).toString(16)}`)
}

/** A path that git may have quoted (`"with\ttab"`, octal bytes) as text. */
export function unquotePath(path: string): string {
  if (!path.startsWith('"')) return path.includes('\\x') ? guard(path) : path
  return pathOfBytes(unescapeBytes(new TextEncoder().encode(path.slice(1, -1))))
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes)
  } catch {
    return undefined
  }
}

function guard(text: string): string {
  return text.replace(/\\(?=x[0-9a-f]{2})/g, '\\x5c')
}

const backslash = 0x5c
const named: ReadonlyMap<number, number> = new Map([...'abtnvfr'].map((letter) => [letter.charCodeAt(0), 'abtnvfr'.indexOf(letter)]))
const controls = [7, 8, 9, 10, 11, 12, 13] as const

function unescapeBytes(quoted: Uint8Array): Uint8Array {
  const bytes: number[] = []
  for (let at = 0; at < quoted.length; at += 1) {
    const byte = quoted[at] ?? 0
    const next = quoted[at + 1]
    if (byte !== backslash || next === undefined) {
      bytes.push(byte)
      continue
    }
    const octal = octalAt(quoted, at + 1)
    bytes.push(octal ?? controls[named.get(next) ?? -1] ?? next)
    at += octal === undefined ? 1 : 3
  }
  return Uint8Array.from(bytes)
}

function octalAt(bytes: Uint8Array, at: number): number | undefined {
  const digits = String.fromCharCode(...bytes.subarray(at, at + 3))
  return /^[0-3][0-7]{2}$/.test(digits) ? Number.parseInt(digits, 8) : undefined
}
