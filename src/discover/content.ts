// The bytes of a file as classified documents, without its path: equal bytes are read once for all trees of a run.

import type { Tree } from '../change/tree.ts'
import { lineStarts } from '../text/position.ts'
import { decode } from '../yaml/decode.ts'
import type { YamlDocument, YamlError } from '../yaml/document.ts'
import { parseYaml } from '../yaml/parse.ts'
import { classify, type Gap, type Verdict } from './classify.ts'
import { isKustomizationName } from './filename.ts'
import { looksLikeKubernetes, mayHoldObjects } from './look.ts'

/** A document and what it is. */
export type Classified = { readonly yaml: YamlDocument; readonly verdict: Verdict }

export type Content =
  | {
      readonly kind: 'documents'
      readonly text: string
      readonly lineStarts: readonly number[]
      readonly documents: readonly Classified[]
      readonly looks: boolean
    }
  /** No document could be made of the file, or none is worth it. */
  | { readonly kind: 'skipped'; readonly gap: Gap; readonly looks: boolean }

/** The content of the file at `path`; undefined where the tree has none. */
export function contentOf(tree: Tree, path: string, memo: { readonly contents: Map<string, Content> }): Content | undefined {
  const named = isKustomizationName(path)
  const key = `${named ? 'kustomization' : 'file'} ${tree.identify(path)}`
  const known = memo.contents.get(key)
  if (known !== undefined) return known
  const bytes = tree.read(path)
  if (bytes === undefined) return undefined
  const content = readContent(bytes, named)
  memo.contents.set(key, content)
  return content
}

function readContent(bytes: Uint8Array, named: boolean): Content {
  if (startsWith(bytes, gitCrypt)) return skipped({ reason: 'encrypted', attention: false, detail: 'by git-crypt' })
  if (bytes.length > largestFile) return skipped(largeGap(bytes))
  const decoded = decode(bytes)
  if ('failure' in decoded) return decoded.failure === 'binary' ? skipped(binaryGap(bytes)) : badlyEncoded(bytes, decoded.offset)
  const { text } = decoded
  if (!named && !mayHoldObjects(text)) return skipped(gapOfPlain(text))
  const documents = parseYaml(text).map((yaml) => light(yaml, classify(yaml, text.slice(yaml.span.start, yaml.span.end), named)))
  const isNeeded = documents.some(({ verdict }) => verdict.kind !== 'skipped' || verdict.gap.reason === 'kustomization')
  return {
    kind: 'documents',
    text: isNeeded ? text : '',
    lineStarts: isNeeded ? lineStarts(text) : [],
    documents,
    looks: looksLikeKubernetes(text),
  }
}

/** What is not judged need not be remembered: definitions alone can be most of a repository. */
function light(yaml: YamlDocument, verdict: Verdict): Classified {
  if (verdict.kind !== 'skipped' || verdict.gap.reason === 'kustomization') return { yaml, verdict }
  return { yaml: { span: yaml.span, value: undefined, duplicates: [] }, verdict }
}

/** Text in two bytes a letter is the one binary form that Kubernetes' tools read. */
function binaryGap(bytes: Uint8Array): Gap {
  const isWide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
  return { reason: 'binary', attention: isWide, detail: isWide ? 'UTF-16' : 'it holds NUL bytes' }
}

function badlyEncoded(bytes: Uint8Array, offset: number): Content {
  const text = new TextDecoder().decode(bytes)
  if (!looksLikeKubernetes(text)) return skipped({ reason: 'not-kubernetes', attention: false, detail: 'no UTF-8' })
  const error: YamlError = { code: 'encoding', message: 'the file is not valid UTF-8', hint: 'Save the file as UTF-8.', offset }
  const yaml: YamlDocument = { span: { start: 0, end: text.length }, value: undefined, error, duplicates: [] }
  return { kind: 'documents', text, lineStarts: lineStarts(text), documents: [{ yaml, verdict: { kind: 'failed', error } }], looks: true }
}

/** A file beyond this is no manifest that anybody reviews, and would cost time and memory that belong to the others. */
export const largestFile = 16 * 1024 * 1024

function largeGap(bytes: Uint8Array): Gap {
  const megabytes = Math.ceil(bytes.length / 1024 / 1024)
  // More than a string can hold need not be looked into to be suspicious.
  const attention = bytes.length > 256 * 1024 * 1024 || mayHoldObjects(new TextDecoder().decode(bytes))
  return { reason: 'too-large', attention, detail: `${megabytes} MiB, the limit is ${largestFile / 1024 / 1024}` }
}

const gitCrypt = Uint8Array.from([0, 0x47, 0x49, 0x54, 0x43, 0x52, 0x59, 0x50, 0x54, 0])

function startsWith(bytes: Uint8Array, start: Uint8Array): boolean {
  return start.every((byte, at) => bytes[at] === byte)
}

/** Text in which no object can be: only comments, ciphertext of SOPS, or something else. */
function gapOfPlain(text: string): Gap {
  if (!/^[ \t]*(?!#|---|\.\.\.)\S/m.test(text)) return { reason: 'empty', attention: false }
  const isEncrypted = text.includes('ENC[AES256_GCM,') && /^[ \t]*["']?sops["']?[ \t]*:/m.test(text)
  return { reason: isEncrypted ? 'encrypted' : 'not-kubernetes', attention: false }
}

function skipped(gap: Gap): Content {
  return { kind: 'skipped', gap, looks: false }
}
