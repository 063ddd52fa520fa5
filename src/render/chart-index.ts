// Reads the index.yaml of a chart repository: the versions of one chart, without reading all the others where that can be helped.

import { isMapping } from '../resource/read.ts'
import { parseYaml } from '../yaml/parse.ts'

/** A version of a chart, as an index lists it. */
export type Listed = {
  readonly version: string
  readonly url: string
  /** `sha256:…`. */
  readonly digest?: string
}

/** The versions of a chart by its name; undefined for a chart that is not listed. */
export type Index = (name: string) => readonly Listed[] | undefined

/** The index in a text; undefined where it is none. */
export function indexIn(text: string): Index | undefined {
  let whole: ReadonlyMap<string, unknown> | undefined
  const all = () => {
    whole ??= entriesIn(text)
    return whole
  }
  // The large public indexes have 20 MiB and a hundred charts; all of them are as Helm writes them.
  const start = /^entries:[ \t]*\r?\n( +)(?=[^\s-])/m.exec(text)
  if (start === null && all() === undefined) return undefined
  return (name) => {
    const part = start === null ? undefined : partOf(text, name, { from: start.index, indent: start[1] ?? '' })
    const versions = (part === undefined ? undefined : entriesIn(part)?.get(name)) ?? all()?.get(name)
    return Array.isArray(versions) ? versions.flatMap(listedIn) : undefined
  }
}

/** The entry of one chart, as an index of its own: from its key to the next one that stands as far in. */
function partOf(text: string, name: string, { from, indent }: { readonly from: number; readonly indent: string }): string | undefined {
  const line = `\n${indent}${name}:`
  const at = text.indexOf(line, from)
  if (at < 0) return undefined
  const next = new RegExp(`\\n(?:${indent}(?=[^\\s-])|(?=[^\\s#]))`, 'g')
  next.lastIndex = at + line.length
  return `entries:${text.slice(at, next.exec(text)?.index)}\n`
}

function entriesIn(text: string): ReadonlyMap<string, unknown> | undefined {
  const [document] = parseYaml(text)
  const entries = isMapping(document?.value) ? document.value['entries'] : undefined
  return isMapping(entries) ? new Map(Object.entries(entries)) : undefined
}

function listedIn(entry: unknown): readonly Listed[] {
  if (!isMapping(entry)) return []
  const { version, urls, digest } = entry
  const url: unknown = Array.isArray(urls) ? urls[0] : undefined
  if (typeof version !== 'string' || typeof url !== 'string') return []
  return [{ version, url, ...(typeof digest === 'string' && digest !== '' ? { digest: digest.replace(/^(?:sha256:)?/, 'sha256:') } : {}) }]
}
