// What the engine writes where a chart makes a value at installation: a password, a key or an identity that stands in no file.

const word = 'generated'
const said = btoa('generated at installation')

/** Keys and certificates, identities, and hashes beside their user. */
const fixed = [
  new RegExp(`^-----BEGIN (?:CERTIFICATE|RSA PRIVATE KEY)-----\\n${said}\\n-----END (?:CERTIFICATE|RSA PRIVATE KEY)-----$`),
  /^00000000-0000-4000-8000-000000000000$/,
  /^(?:[^:\s]+:)?\$2a\$10\$generatedatinstallationOgeneratedatinstallationgenera$/,
]

/** Whether a value is such a stand-in, also as the bytes that `randBytes` writes in base64. */
export function isGenerated(value: string): boolean {
  const text = value.trim()
  if (text.length > 4_096) return false
  return isRepeated(text) || isRepeated(bytesOf(text)) || fixed.some((pattern) => pattern.test(text))
}

/** The word again and again, as long as the chart wants it; one that is cut to less says nothing. */
function isRepeated(text: string): boolean {
  return text.length >= 4 && word.repeat(Math.ceil(text.length / word.length)).startsWith(text)
}

function bytesOf(text: string): string {
  return /^[A-Za-z0-9+/]+={0,2}$/.test(text) && text.length % 4 === 0 ? atob(text) : ''
}
