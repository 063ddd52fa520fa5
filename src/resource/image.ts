// The parts of an image reference.

export type Image = {
  /** Host and port; empty where none is written: the container runtime then takes Docker Hub. */
  readonly registry: string
  /** Path without registry, tag and digest. */
  readonly repository: string
  /** Empty where none is written. */
  readonly tag: string
  /** `sha256:…`; empty where none is written. */
  readonly digest: string
}

/** Splits a reference as container runtimes do: what stands before the first `/` is a registry when it holds a dot or a colon or is `localhost`. */
export function imageOf(reference: string): Image {
  const [named = '', digest = ''] = split(reference.trim(), '@')
  const slash = named.indexOf('/')
  const first = slash < 0 ? '' : named.slice(0, slash)
  const registry = /[.:]/.test(first) || first === 'localhost' ? first : ''
  const path = registry === '' ? named : named.slice(slash + 1)
  const colon = path.lastIndexOf(':')
  const hasTag = colon > path.lastIndexOf('/')
  return { registry, repository: hasTag ? path.slice(0, colon) : path, tag: hasTag ? path.slice(colon + 1) : '', digest }
}

function split(text: string, mark: string): readonly string[] {
  const at = text.indexOf(mark)
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)]
}
