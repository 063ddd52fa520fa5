// Packs requests to the engine and reads its answers: a length, a header, then the bytes of the files one after the other.

import type { EngineAnswer, EngineRequest, HelmDocument, KustomizeDocument, LineOrigin, MissingDependency } from '../render/engine.ts'

/** One piece of memory, so that it can be handed to a worker without a copy. */
export function packRequest(request: EngineRequest): Uint8Array<ArrayBuffer> {
  const { files, ...settings } = request
  const header = new TextEncoder().encode(
    JSON.stringify({ ...settings, files: files.map(({ path, bytes }) => ({ path, size: bytes.length })) }),
  )
  const packed = new Uint8Array(4 + header.length + files.reduce((sum, { bytes }) => sum + bytes.length, 0))
  new DataView(packed.buffer).setUint32(0, header.length, true)
  packed.set(header, 4)
  let at = 4 + header.length
  for (const { bytes } of files) {
    packed.set(bytes, at)
    at += bytes.length
  }
  return packed
}

/** As wire.go writes it. */
type WireAnswer = {
  readonly failure?: {
    readonly message: string
    readonly file?: string
    readonly line?: number
    readonly values?: number
    readonly gaps?: readonly MissingDependency[]
  }
  readonly documents: readonly WireDocument[] | null
  readonly lines?: readonly WireLine[]
  readonly gaps?: readonly MissingDependency[]
  readonly untraced?: readonly string[]
}
type WireDocument = Omit<HelmDocument, 'lines'> & KustomizeDocument & { readonly lines?: readonly number[] }
type WireLine = Omit<LineOrigin, 'values'> & { readonly values?: LineOrigin['values'] }

/** The answer to a request of this kind. */
export function readAnswer(kind: EngineRequest['kind'], bytes: Uint8Array): EngineAnswer {
  const answer = JSON.parse(new TextDecoder().decode(bytes)) as WireAnswer
  const { failure, gaps = [] } = answer
  if (failure !== undefined) {
    const { values, gaps: missing = [], ...rest } = failure
    return { ok: false, reason: 'render', ...rest, ...(values === undefined ? {} : { values: values - 1 }), gaps: missing }
  }
  const documents = answer.documents ?? []
  if (kind === 'kustomize') return { ok: true, kind, documents: documents.map(kustomizeDocument), gaps }
  const origins = (answer.lines ?? []).map((line) => ({ ...line, values: line.values ?? [] }))
  return { ok: true, kind, documents: documents.map((one) => helmDocument(one, origins)), gaps, untraced: answer.untraced ?? [] }
}

function helmDocument(
  { template, source = template, content, role, lines = [] }: WireDocument,
  origins: readonly LineOrigin[],
): HelmDocument {
  return { template, source, content, role, lines: lines.map((at) => origins[at - 1]) }
}

function kustomizeDocument({ content, origin }: WireDocument): KustomizeDocument {
  return { content, ...(origin === undefined ? {} : { origin }) }
}
